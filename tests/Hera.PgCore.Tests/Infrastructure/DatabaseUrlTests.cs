using Hera.PgCore.Rpc;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Infrastructure;

public sealed class DatabaseUrlTests
{
    [Test]
    public void Url_with_everything()
    {
        var parsed = DatabaseUrl.Parse(
            "postgresql://al%40ice:p%2Fa%3Ass%25@db.example.com:6432/my%20db"
            + "?sslmode=verify-full&application_name=hera&options=-c%20role%3Dhera_api&connect_timeout=7");
        Assert.Multiple(() =>
        {
            Assert.That(parsed.Username, Is.EqualTo("al@ice"));
            Assert.That(parsed.Password, Is.EqualTo("p/a:ss%"));
            Assert.That(parsed.Host, Is.EqualTo("db.example.com"));
            Assert.That(parsed.Port, Is.EqualTo(6432));
            Assert.That(parsed.Database, Is.EqualTo("my db"));
            Assert.That(parsed.SslMode, Is.EqualTo(SslMode.VerifyFull));
            Assert.That(parsed.ApplicationName, Is.EqualTo("hera"));
            Assert.That(parsed.Options, Is.EqualTo("-c role=hera_api"));
            Assert.That(parsed.Timeout, Is.EqualTo(7));
        });
    }

    [TestCase("postgres://localhost", "localhost", 5432)]
    [TestCase("postgres://u@[::1]:5433/d", "::1", 5433)]
    [TestCase("postgresql://%2Frun%2Fpostgresql/d", "/run/postgresql", 5432)]
    [TestCase("postgresql:///d?host=/run/postgresql&port=5433", "/run/postgresql", 5433)]
    [TestCase("POSTGRESQL://u:p@h/d?sslmode=disable", "h", 5432)]
    [TestCase("Host=h;Port=5433;Username=u", "h", 5433)]
    [TestCase("Server=h;User Id=u;Database=d", "h", 5432)]
    public void Forms(string url, string host, int port)
    {
        var parsed = DatabaseUrl.Parse(url);
        Assert.That((parsed.Host, parsed.Port), Is.EqualTo((host, port)));
    }

    [Test]
    public void Several_hosts_keep_their_ports()
    {
        var parsed = DatabaseUrl.Parse("postgresql://u:p@a:5433,b,[::1]:5434/d?target_session_attrs=read-write");
        Assert.That(parsed.Host, Is.EqualTo("a:5433,b:5432,[::1]:5434"));
        Assert.That(parsed.TargetSessionAttributes, Is.EqualTo("primary"));
    }

    [TestCase("")]
    [TestCase("mysql://u:s3cret@h/d")]
    [TestCase("postgresql://u:s3cret@h:99999/d")]
    [TestCase("postgresql://u:s3cret@h:port/d")]
    [TestCase("postgresql://u:s3/cret@h/d")]
    [TestCase("postgresql://u:s3?cret@h/d")]
    [TestCase("postgresql://u:s3%cret@h/d")]
    [TestCase("postgresql://u:p@h/d?s3cret=1")]
    [TestCase("postgresql://u:s3cret@h/d?sslmode=s3cret")]
    [TestCase("postgresql://u:s3cret@/d")]
    [TestCase("Host=h;Password=s3;cret=x")]
    [TestCase("Host=h;Port=s3cret")]
    [TestCase("Username=u;Password=s3cret")]
    [TestCase("host=h password=s3cret")]
    [TestCase("s3cret")]
    public void A_bad_one_is_named_and_never_repeated(string url)
    {
        var error = Assert.Throws<ArgumentException>(() => DatabaseUrl.Parse(url))!.ToString();
        Assert.That(error, Does.Contain("DATABASE_URL").And.Contain("postgresql://").And.Not.Contain("cret"));
    }
}
