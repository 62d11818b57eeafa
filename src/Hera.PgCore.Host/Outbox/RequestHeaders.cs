using System.Globalization;
using Hera.PgCore.Rpc;

namespace Hera.PgCore.Host.Outbox;

/// <summary>The headers of a delivery: those of Standard Webhooks, HERA's, and the webhook's own.</summary>
internal static class RequestHeaders
{
    /// <summary>Signs and fills in; the webhook's own headers can't replace any other.</summary>
    /// <param name="request">The request, its body set.</param>
    /// <param name="delivery">What is sent.</param>
    /// <param name="signs">Whether it carries signatures; see WEBHOOK_SIGNING_ENABLED.</param>
    /// <exception cref="SendFault">A header may not be sent.</exception>
    public static void Write(HttpRequestMessage request, ClaimedDelivery delivery, bool signs)
    {
        if (!HeaderRules.IsValue(delivery.Topic) || !HeaderRules.IsValue(delivery.SmartCode))
            throw new SendFault(FaultCodes.BadRequest);
        var timestamp = new DateTimeOffset(delivery.ClaimedAt).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var (headers, content) = (request.Headers, request.Content!.Headers);
        content.TryAddWithoutValidation("Content-Type", "application/json");
        headers.TryAddWithoutValidation("User-Agent", "HERA-Webhook/1.0");
        headers.TryAddWithoutValidation("webhook-id", delivery.DeliveryId.ToString());
        headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        if (signs)
        {
            var (standard, hera) = RequestSigner.Sign(delivery, timestamp);
            headers.TryAddWithoutValidation("webhook-signature", standard);
            headers.TryAddWithoutValidation("X-HERA-SIGNATURE", hera);
        }

        headers.TryAddWithoutValidation("X-HERA-ORG-ID", delivery.OrganizationId.ToString());
        headers.TryAddWithoutValidation("X-HERA-EVENT-CODE", delivery.SmartCode);
        headers.TryAddWithoutValidation("X-HERA-TOPIC", delivery.Topic);
        headers.TryAddWithoutValidation("X-HERA-ATTEMPT", delivery.Attempt.ToString(CultureInfo.InvariantCulture));

        foreach (var (name, value) in delivery.Credentials.Headers)
        {
            if (!HeaderRules.IsName(name) || !HeaderRules.IsValue(value) || headers.NonValidated.Contains(name) || content.NonValidated.Contains(name))
                throw new SendFault(FaultCodes.BadRequest);
            if (!headers.TryAddWithoutValidation(name, value) && !content.TryAddWithoutValidation(name, value))
                throw new SendFault(FaultCodes.BadRequest);
        }
    }
}
