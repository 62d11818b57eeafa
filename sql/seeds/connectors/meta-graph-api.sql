-- Meta (Facebook) Graph API: social media management and advertising.
select hera_internal.set_tenant(hera_internal.platform_id());
select hera_internal.store_definition('00000000-0000-0000-0000-000000000001', 'meta-graph-api', 'Meta (Facebook) Graph API', 'Social media management and advertising', $json${
  "status": "active",
  "version": 1,
  "category": "social",
  "auth": {"type": "oauth2"},
  "fields": [
    {"name": "app_id", "label": "App ID", "type": "string", "required": true, "secret": false},
    {"name": "app_secret", "label": "App secret", "type": "string", "required": true, "secret": true},
    {"name": "webhook_verify_token", "label": "Webhook verify token", "type": "string", "required": true, "secret": true},
    {"name": "page_access_token", "label": "Page access token", "type": "string", "required": false, "secret": true}
  ],
  "inbound": {
    "events": [
      {"type": "page_message_received", "smart_code": "HERA.META.EVENT.PAGE.MESSAGE.RECEIVED.v1"},
      {"type": "lead_generated", "smart_code": "HERA.META.EVENT.LEAD.GENERATED.v1"},
      {"type": "post_published", "smart_code": "HERA.META.EVENT.POST.PUBLISHED.v1"},
      {"type": "instagram_mention", "smart_code": "HERA.META.EVENT.INSTAGRAM.MENTION.v1"}
    ]
  }
}$json$);
