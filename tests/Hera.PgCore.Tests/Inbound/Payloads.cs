namespace Hera.PgCore.Tests.Inbound;

/// <summary>Bodies as the providers send them.</summary>
internal static class Payloads
{
    public const string HubSpot = """
        [{"eventId":3816279340,"subscriptionId":25,"portalId":33,"appId":1160452,"occurredAt":1767225600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":1246965,"changeSource":"CRM_UI","changeFlag":"NEW"},
         {"eventId":100,"subscriptionId":26,"portalId":33,"appId":1160452,"occurredAt":1767225600100,"subscriptionType":"deal.creation","attemptNumber":0,"objectId":77,"changeSource":"INTEGRATION","changeFlag":"NEW"},
         {"eventId":101,"subscriptionId":27,"portalId":33,"appId":1160452,"occurredAt":1767225600200,"subscriptionType":"company.propertyChange","attemptNumber":1,"objectId":55,"changeSource":"CRM_UI","propertyName":"name","propertyValue":"Acme GmbH"},
         {"eventId":102,"subscriptionId":28,"portalId":33,"appId":1160452,"occurredAt":1767225600300,"subscriptionType":"contact.propertyChange","attemptNumber":0,"objectId":1246965,"changeSource":"FORM","propertyName":"recent_conversion_date","propertyValue":"1767225600250"}]
        """;

    public const string WhatsApp = """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[
         {"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Zoë"},"wa_id":"16505551234"}],
          "messages":[{"from":"16505551234","id":"wamid.A1","timestamp":"1767225600","type":"text","text":{"body":"café?"}}]}},
         {"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},
          "statuses":[{"id":"wamid.B1","status":"delivered","timestamp":"1767225602","recipient_id":"16505551234"},
           {"id":"wamid.B1","status":"read","timestamp":"1767225605","recipient_id":"16505551234"},
           {"id":"wamid.B2","status":"failed","timestamp":"1767225606","recipient_id":"16505551234","errors":[{"code":131026,"title":"Message undeliverable"}]}]}}]}]}
        """;

    public const string Meta = """
        {"object":"page","entry":[
         {"id":"1755847768034402","time":1767225600123,"messaging":[
          {"sender":{"id":"7643396345770471"},"recipient":{"id":"1755847768034402"},"timestamp":1767225599000,"message":{"mid":"m_AAA","text":"hi"}},
          {"sender":{"id":"1755847768034402"},"recipient":{"id":"7643396345770471"},"timestamp":1767225599500,"message":{"mid":"m_ECHO","text":"yo","is_echo":true}}]},
         {"id":"153125381133","time":1767225601,"changes":[
          {"field":"leadgen","value":{"leadgen_id":"123123123123","page_id":"153125381133","form_id":"12312312312","ad_id":"12312312313","adgroup_id":"12312312314","created_time":1767225600}},
          {"field":"feed","value":{"item":"status","verb":"add","post_id":"153125381133_999","from":{"id":"153125381133","name":"Acme"},"message":"new","created_time":1767225600}}]}]}
        """;

    public const string Instagram = """
        {"object":"instagram","entry":[{"id":"17841405822304914","time":1767225600,"changes":[{"field":"mentions","value":{"media_id":"17887498072083520","comment_id":"17894227972186120"}}]}]}
        """;

    public const string LinkedInLead = """
        {"type":"LEAD_ACTION","leadGenFormResponse":"urn:li:leadGenFormResponse:9a1c-7","leadGenForm":"urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)","owner":{"sponsoredAccount":"urn:li:sponsoredAccount:520866471"},"leadType":"SPONSORED","leadAction":"CREATED","occurredAt":1767225600000}
        """;

    public const string LinkedInComment = """
        {"type":"ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS","notifications":[{"notificationId":351,"organizationalEntity":"urn:li:organization:2414183","action":"COMMENT","sourcePost":"urn:li:share:7012345678901234567","generatedActivity":"urn:li:comment:(urn:li:activity:7012345678901234567,7012345678901234568)","lastModifiedAt":1767225600000}]}
        """;
}
