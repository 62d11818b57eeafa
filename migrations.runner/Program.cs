using Hera.PgCore.Migrations;

return CommandLine.Run(args, Console.Out, Console.Error);
