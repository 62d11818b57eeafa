using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag.CodeGeneration.CSharp;

namespace Hera.PgCore.Tests.Http;

/// <summary>A typed C# client as a customer would have it made: NSwag reads the document, the compiler its output.</summary>
internal sealed class GeneratedClient
{
    private readonly Assembly _assembly;
    private readonly object _client;

    private GeneratedClient(Assembly assembly, HttpClient http)
    {
        _assembly = assembly;
        _client = Activator.CreateInstance(_assembly.GetType("Generated.HeraClient")!, http)!;
    }

    public IEnumerable<string> Methods => _client.GetType().GetMethods().Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal)).Select(method => method.Name).Distinct();

    public static async Task<string> GenerateAsync(string document)
    {
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "HeraClient",
            CSharpGeneratorSettings = { Namespace = "Generated", JsonLibrary = CSharpJsonLibrary.SystemTextJson },
            UseBaseUrl = false,
        };
        return new CSharpClientGenerator(await NSwag.OpenApiDocument.FromJsonAsync(document), settings).GenerateFile();
    }

    /// <summary>Compiles the source; whatever the compiler says against it is an error.</summary>
    public static GeneratedClient Compile(string source, HttpClient http)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System", StringComparison.Ordinal) || Path.GetFileName(path) == "netstandard.dll")
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Generated", [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success
            ? new GeneratedClient(Assembly.Load(image.ToArray()), http)
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10)));
    }

    /// <summary>Calls a method with arguments by their parameters' names; the others keep their defaults.</summary>
    public async Task<dynamic> CallAsync(string method, params (string Name, object? Value)[] arguments)
    {
        var found = _client.GetType().GetMethods().Single(candidate => candidate.Name == method && candidate.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken));
        var values = found.GetParameters().Select(parameter => arguments.FirstOrDefault(argument => argument.Name == parameter.Name).Value);
        dynamic task = found.Invoke(_client, [.. values])!;
        return await task;
    }

    /// <summary>An instance of the type of a method's body, with its properties set.</summary>
    public object Body(string method, params (string Property, object Value)[] properties)
    {
        var type = _client.GetType().GetMethods().First(candidate => candidate.Name == method).GetParameters().Single(parameter => parameter.Name == "body").ParameterType;
        var body = Activator.CreateInstance(type)!;
        foreach (var (property, value) in properties)
            type.GetProperty(property)!.SetValue(body, value);
        return body;
    }
}
