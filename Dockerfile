# syntax=docker/dockerfile:1
# One image, two programs: the host (default) and the runner (entrypoint dotnet migrations.runner.dll).
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# Projects alone first, so that a change of code does not restore anew.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY migrations.runner/migrations.runner.csproj migrations.runner/
COPY src/Hera.PgCore.Host/Hera.PgCore.Host.csproj src/Hera.PgCore.Host/
COPY src/Hera.PgCore.LocalPostgres/Hera.PgCore.LocalPostgres.csproj src/Hera.PgCore.LocalPostgres/
COPY src/Hera.PgCore.Rpc/Hera.PgCore.Rpc.csproj src/Hera.PgCore.Rpc/
RUN dotnet restore src/Hera.PgCore.Host
COPY sql sql
COPY migrations.runner migrations.runner
COPY src src
RUN dotnet publish src/Hera.PgCore.Host --no-restore -c Release -o /app

# Chiselled: no shell, no package manager, and a user that is not root.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["dotnet", "Hera.PgCore.Host.dll", "--health"]
ENTRYPOINT ["dotnet", "Hera.PgCore.Host.dll"]
