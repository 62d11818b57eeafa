-- LinkedIn Marketing API: lead generation and professional networking.
select hera_internal.set_tenant(hera_internal.platform_id());
select hera_internal.store_definition('00000000-0000-0000-0000-000000000001', 'linkedin-api', 'LinkedIn Marketing API', 'Lead generation and professional networking', $json${
  "status": "active",
  "version": 1,
  "category": "marketing",
  "auth": {"type": "oauth2"},
  "fields": [
    {"name": "client_id", "label": "Client ID", "type": "string", "required": true, "secret": false},
    {"name": "client_secret", "label": "Client secret", "type": "string", "required": true, "secret": true}
  ],
  "inbound": {
    "events": [
      {"type": "lead_generated", "smart_code": "HERA.LINKEDIN.EVENT.LEAD.GENERATED.v1"},
      {"type": "post_engagement", "smart_code": "HERA.LINKEDIN.EVENT.POST.ENGAGEMENT.v1"},
      {"type": "connection_made", "smart_code": "HERA.LINKEDIN.EVENT.CONNECTION.MADE.v1"},
      {"type": "campaign_updated", "smart_code": "HERA.LINKEDIN.EVENT.CAMPAIGN.UPDATED.v1"}
    ]
  }
}$json$);
