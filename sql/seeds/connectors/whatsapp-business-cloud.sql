-- WhatsApp Business Cloud API: messaging and customer support.
select hera_internal.set_tenant(hera_internal.platform_id());
select hera_internal.store_definition('00000000-0000-0000-0000-000000000001', 'whatsapp-business-cloud', 'WhatsApp Business Cloud API', 'Messaging and customer support', $json${
  "status": "active",
  "version": 1,
  "category": "messaging",
  "auth": {"type": "api_key"},
  "fields": [
    {"name": "access_token", "label": "Access token", "type": "string", "required": true, "secret": true},
    {"name": "phone_number_id", "label": "Phone number ID", "type": "string", "required": true, "secret": false},
    {"name": "business_account_id", "label": "Business account ID", "type": "string", "required": true, "secret": false},
    {"name": "webhook_verify_token", "label": "Webhook verify token", "type": "string", "required": true, "secret": true},
    {"name": "app_secret", "label": "App secret", "type": "string", "required": true, "secret": true}
  ],
  "inbound": {
    "events": [
      {"type": "message_received", "smart_code": "HERA.WHATSAPP.EVENT.MESSAGE.RECEIVED.v1"},
      {"type": "message_delivered", "smart_code": "HERA.WHATSAPP.EVENT.MESSAGE.DELIVERED.v1"},
      {"type": "message_read", "smart_code": "HERA.WHATSAPP.EVENT.MESSAGE.READ.v1"},
      {"type": "status_update", "smart_code": "HERA.WHATSAPP.EVENT.STATUS.UPDATE.v1"}
    ]
  }
}$json$);
