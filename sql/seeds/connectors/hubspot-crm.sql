-- HubSpot CRM API: customer relationship management.
select hera_internal.set_tenant(hera_internal.platform_id());
select hera_internal.store_definition('00000000-0000-0000-0000-000000000001', 'hubspot-crm', 'HubSpot CRM API', 'Customer relationship management', $json${
  "status": "active",
  "version": 1,
  "category": "crm",
  "auth": {"type": "oauth2"},
  "fields": [
    {"name": "client_id", "label": "Client ID", "type": "string", "required": true, "secret": false},
    {"name": "client_secret", "label": "Client secret", "type": "string", "required": true, "secret": true},
    {"name": "portal_id", "label": "Portal ID", "type": "string", "required": false, "secret": false}
  ],
  "inbound": {
    "events": [
      {"type": "contact_created", "smart_code": "HERA.HUBSPOT.EVENT.CONTACT.CREATED.v1"},
      {"type": "deal_created", "smart_code": "HERA.HUBSPOT.EVENT.DEAL.CREATED.v1"},
      {"type": "company_updated", "smart_code": "HERA.HUBSPOT.EVENT.COMPANY.UPDATED.v1"},
      {"type": "form_submitted", "smart_code": "HERA.HUBSPOT.EVENT.FORM.SUBMITTED.v1"}
    ]
  }
}$json$);
