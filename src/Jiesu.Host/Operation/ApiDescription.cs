using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Jiesu.Host.Operation;

/// <summary>The description of the API (OpenAPI 3.1): names as on the wire, words from the XML documents of the modules.</summary>
internal static class ApiDescription
{
    private static readonly Lazy<Dictionary<string, string>> Words = new(ReadWords);

    public static void Configure(OpenApiOptions options)
    {
        // Nested records of two features may share a name; the feature's name in front keeps them apart.
        options.CreateSchemaReferenceId = t => OpenApiOptions.CreateDefaultSchemaReferenceId(t) is { } id
            ? t.Type is { IsNested: true, IsGenericType: false } nested ? nested.DeclaringType!.Name + nested.Name : id
            : null;
        options.ShouldInclude = d => d.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true || d.RelativePath?.StartsWith("connect/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "接诉 Jiesu", Version = "v1", Description = "区级接诉即办平台的 REST 接口。" };
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var method = context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault();
            operation.Summary ??= method is null ? null : Of(method.DeclaringType!);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonPropertyInfo?.AttributeProvider is PropertyInfo property)
            {
                schema.Description ??= Words.Value.GetValueOrDefault($"P:{Name(property.DeclaringType!)}.{property.Name}");
                if (property.GetCustomAttribute<RequiredAttribute>() is not null)
                {
                    schema.Type &= ~JsonSchemaType.Null;
                }
            }
            else
            {
                schema.Description ??= Of(context.JsonTypeInfo.Type);
            }

            return Task.CompletedTask;
        });
    }

    private static string? Of(Type type) => Words.Value.GetValueOrDefault("T:" + Name(type));

    private static string Name(Type type) => type.FullName?.Replace('+', '.') ?? type.Name;

    private static Dictionary<string, string> ReadWords() => Directory.EnumerateFiles(AppContext.BaseDirectory, "Jiesu.*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .Where(m => m.Element("summary") is not null)
        .GroupBy(m => m.Attribute("name")!.Value)
        .ToDictionary(g => g.Key, g => string.Join(' ', g.First().Element("summary")!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
