namespace Hera.PgCore.Fakes.Callbacks;

/// <summary>Bodies as the providers send them.</summary>
internal static class Samples
{
    public static string Of(string name) => name switch
    {
        "hubspot" => HubSpotBatch,
        "whatsapp" => WhatsAppMessage,
        "linkedin" => LinkedInLead,
        "meta" => MetaPage,
        "zapier" => """{"id":"evt_01","event":"invoice.paid","occurred_at":"2026-01-01T00:00:00Z","data":{}}""",
        _ => throw new BadHttpRequestException($"no sample {name}"),
    };

    /// <summary>Four kinds in one request.</summary>
    private const string HubSpotBatch =
        """
        [{"eventId":3816279340,"subscriptionId":25,"portalId":33,"appId":1160452,"occurredAt":1767225600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":1246965,"changeSource":"CRM_UI","changeFlag":"NEW"},
         {"eventId":100,"subscriptionId":26,"portalId":33,"appId":1160452,"occurredAt":1767225600100,"subscriptionType":"deal.creation","attemptNumber":0,"objectId":77,"changeSource":"INTEGRATION","changeFlag":"NEW"},
         {"eventId":101,"subscriptionId":27,"portalId":33,"appId":1160452,"occurredAt":1767225600200,"subscriptionType":"company.propertyChange","attemptNumber":1,"objectId":55,"changeSource":"CRM_UI","propertyName":"name","propertyValue":"Acme GmbH"},
         {"eventId":102,"subscriptionId":28,"portalId":33,"appId":1160452,"occurredAt":1767225600300,"subscriptionType":"contact.propertyChange","attemptNumber":0,"objectId":1246965,"changeSource":"FORM","propertyName":"recent_conversion_date","propertyValue":"1767225600250"}]
        """;

    /// <summary>A message, and three statuses of two others.</summary>
    private const string WhatsAppMessage =
        """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[
         {"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Zoë"},"wa_id":"16505551234"}],
          "messages":[{"from":"16505551234","id":"wamid.A1","timestamp":"1767225600","type":"text","text":{"body":"café?"}}]}},
         {"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},
          "statuses":[{"id":"wamid.B1","status":"delivered","timestamp":"1767225602","recipient_id":"16505551234"},
           {"id":"wamid.B1","status":"read","timestamp":"1767225605","recipient_id":"16505551234"},
           {"id":"wamid.B2","status":"failed","timestamp":"1767225606","recipient_id":"16505551234","errors":[{"code":131026,"title":"Message undeliverable"}]}]}}]}]}
        """;

    private const string LinkedInLead =
        """
        {"type":"LEAD_ACTION","leadGenFormResponse":"urn:li:leadGenFormResponse:9a1c-7","leadGenForm":"urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)","owner":{"sponsoredAccount":"urn:li:sponsoredAccount:520866471"},"leadType":"SPONSORED","leadAction":"CREATED","occurredAt":1767225600000}
        """;

    private const string MetaPage =
        """
        {"object":"page","entry":[
         {"id":"153125381133","time":1767225600123,"messaging":[
          {"sender":{"id":"7643396345770471"},"recipient":{"id":"153125381133"},"timestamp":1767225599000,"message":{"mid":"m_AAA","text":"hi"}}]},
         {"id":"153125381133","time":1767225601,"changes":[
          {"field":"leadgen","value":{"leadgen_id":"123123123123","page_id":"153125381133","form_id":"12312312312","ad_id":"12312312313","adgroup_id":"12312312314","created_time":1767225600}}]}]}
        """;
}
