using System.Globalization;
using System.Text;
using Hera.PgCore.Host.Outbox;
using Hera.PgCore.Rpc;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Outbox;

/// <summary>Signatures as their receivers reckon them.</summary>
public sealed class SignatureTests
{
    private const string Timestamp = "1614265330";

    // Its delivery ids are uuids, so the published vectors with ids of another form cannot be signed here as they stand. These were
    // reckoned with openssl: printf 'id.timestamp.body' | openssl dgst -sha256 -mac HMAC -macopt hexkey:… -binary | base64.
    private static readonly Guid Id = new("0199c1c2-0000-7000-8000-000000000100");

    [TestCase("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "v1,fh2zbq/mNtJUbDh3QaXa7vP6Nzh5XuMAZusYMzdZH2s=", "sha256=440ae346c2dd08a7f96f0da87858b357b62bebdb80eab769e3f421844afd5428")]
    [TestCase("a-secret-of-our-own-!~", "v1,4WjZ1daOvZEungU8/H1q3GteXAajD68Cx88Dhhi4wFA=", "sha256=6717e7a336b797b3e6f9dd1b060f9b09abb4948e12b5eadba805abbf8038b888")]
    public void A_secret_signs_the_standard_way_and_heras(string secret, string standard, string hera)
    {
        Assert.That(Sign(secret), Is.EqualTo((standard, hera)));
    }

    [Test]
    public void While_two_secrets_are_valid_both_sign_newest_first_and_heras_is_by_the_newest()
    {
        var (newest, oldest) = ("a-secret-of-our-own-!~", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        var (standard, hera) = Sign(newest, oldest);

        Assert.That(standard, Is.EqualTo(Sign(newest).Standard + " " + Sign(oldest).Standard));
        Assert.That(hera, Is.EqualTo(Sign(newest).Hera));
    }

    [Test]
    public void Id_time_and_every_byte_of_the_body_count()
    {
        var delivery = Delivery("a-secret-of-our-own-!~");
        var signatures = new HashSet<string>
        {
            RequestSigner.Sign(delivery, Timestamp).Standard,
            RequestSigner.Sign(delivery with { DeliveryId = Guid.NewGuid() }, Timestamp).Standard,
            RequestSigner.Sign(delivery, "1614265631").Standard,
        };
        for (var index = 0; index < delivery.Body.Length; index++)
        {
            var body = delivery.Body.ToArray();
            body[index] ^= 1;
            signatures.Add(RequestSigner.Sign(delivery with { Body = body }, Timestamp).Standard);
        }

        Assert.That(signatures, Has.Count.EqualTo(3 + delivery.Body.Length));
    }

    [Test]
    public void Credentials_do_not_print_themselves()
    {
        var credentials = new WebhookCredentials(["a-secret-of-our-own-!~"], new Dictionary<string, string> { ["Authorization"] = "Bearer x" });

        Assert.That(string.Create(CultureInfo.InvariantCulture, $"{credentials} {Delivery("a-secret-of-our-own-!~")}"), Does.Not.Contain("own").And.Not.Contain("Bearer"));
    }

    private static (string Standard, string Hera) Sign(params string[] secrets) => RequestSigner.Sign(Delivery(secrets), Timestamp);

    private static ClaimedDelivery Delivery(params string[] secrets) => SenderBench.Delivery("https://example.com") with
    {
        DeliveryId = Id,
        Body = Encoding.UTF8.GetBytes("""{"test": 2432232314, "ä": "€"}"""),
        Credentials = new WebhookCredentials(secrets, new Dictionary<string, string>()),
    };
}
