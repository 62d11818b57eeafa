using Hera.PgCore.Rpc;

namespace Hera.PgCore.Migrations;

/// <summary>The program's commands.</summary>
internal static class CommandLine
{
    private const string Help = """
        Deploys the scripts of sql/ to a database.

          up [--dry-run] [--repair]      deploy what is pending, all or nothing; --repair also what was changed by hand
          verify                         tell whether database and scripts agree and all rules hold
          docs [--check] [--out FILE]    write the reference of functions and tables (default sql/REFERENCE.md,
                                         and then also docs/connector-definition.schema.json)

          --database URL                 the database; default: the variable DATABASE_URL, or the file that
                                         DATABASE_URL_FILE names
          --scripts FOLDER               scripts of a folder instead of those built in

        Exit codes: 0 clean, 1 error or broken rule, 2 scripts pending, 3 drift.
        """;

    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        try
        {
            return Run(Arguments.Parse(args), output);
        }
        catch (DeploymentException e)
        {
            errors.WriteLine(e.Message);
            return e.ExitCode;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException or Npgsql.NpgsqlException)
        {
            errors.WriteLine(e.Message);
            return ExitCodes.Error;
        }
    }

    private static int Run(Arguments arguments, TextWriter output)
    {
        if (arguments.Command is "help")
        {
            output.WriteLine(Help);
            return ExitCodes.Clean;
        }
        var deployment = new Deployment(
            DatabaseUrl.Parse(arguments.Database ?? DatabaseOfEnvironment()).ConnectionString,
            output.WriteLine,
            arguments.Scripts is { } folder ? ScriptSet.FromFolder(folder) : null);
        switch (arguments.Command)
        {
            case "up":
                deployment.Up(arguments.DryRun, arguments.Repair);
                return ExitCodes.Clean;
            case "verify":
                return deployment.Verify().ExitCode;
            case "docs":
                var reference = deployment.WriteReference(arguments.Out ?? Path.Combine("sql", "REFERENCE.md"), arguments.Check);
                return arguments.Out is not null
                    ? reference
                    : Math.Max(reference, deployment.WriteSchema(Path.Combine("docs", "connector-definition.schema.json"), arguments.Check));
            default:
                throw new ArgumentException($"'{arguments.Command}' is no command; the commands are up, verify and docs.");
        }
    }

    private static string DatabaseOfEnvironment()
    {
        var (url, file) = (Environment.GetEnvironmentVariable("DATABASE_URL"), Environment.GetEnvironmentVariable("DATABASE_URL_FILE"));
        if (string.IsNullOrWhiteSpace(file))
            return url ?? "";
        return string.IsNullOrWhiteSpace(url)
            ? File.ReadAllText(file)
            : throw new ArgumentException("DATABASE_URL and DATABASE_URL_FILE are both set; keep one of them.");
    }

    private sealed record Arguments(string Command, string? Database, string? Scripts, bool DryRun, bool Repair, bool Check, string? Out)
    {
        public static Arguments Parse(string[] args)
        {
            var result = new Arguments("help", null, null, false, false, false, null);
            for (var i = 0; i < args.Length; i++)
            {
                string Value() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value.");
                result = args[i] switch
                {
                    "--help" or "-h" => result with { Command = "help" },
                    "--database" => result with { Database = Value() },
                    "--scripts" => result with { Scripts = Value() },
                    "--dry-run" => result with { DryRun = true },
                    "--repair" => result with { Repair = true },
                    "--check" => result with { Check = true },
                    "--out" => result with { Out = Value() },
                    var word when !word.StartsWith('-') && i == 0 => result with { Command = word },
                    var word => throw new ArgumentException($"'{word}' is not understood; --help shows what is."),
                };
            }
            return result;
        }
    }
}
