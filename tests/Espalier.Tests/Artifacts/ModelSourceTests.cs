using Xunit;

namespace Espalier.Tests.Artifacts;

public class ModelSourceTests
{
    [Theory]
    [InlineData("namespace A.B; [Sequential<X>] public partial class Net;")]
    [InlineData("namespace A.B; [Sequential<X>] public partial class Net\n{\n}")]
    [InlineData("namespace A.B; [Sequential<X>] partial class Net : Other;")]
    [InlineData("namespace A.B { [Train, Sequential<X>] sealed partial class Net{ } }")]
    [InlineData("namespace A { namespace B { [Espalier.Sequential<X>] partial class\n Net { } } }")]
    [InlineData("namespace A; public static partial class B { [Sequential<X>] partial class Net; }")]
    [InlineData("namespace Other { class Net { } } namespace A.B { [SequentialAttribute<X>] partial class @Net : IModel { } }")]
    public void DeclaresTheModel(string source) => Assert.True(ModelSource.Declares(source, Model("A.B.Net")));

    [Theory]
    [InlineData("namespace A.B; [Sequential<X>] partial class NetWide;")]
    [InlineData("namespace A.B; [Sequential<X>] partial class MyNet;")]
    [InlineData("namespace A.B; [Sequential<X>] partial class Net_2;")]
    [InlineData("namespace A.Bee; [Sequential<X>] partial class Net;")]
    [InlineData("namespace A; [Sequential<X>] partial class Net;")]
    [InlineData("namespace A.B.C; [Sequential<X>] partial class Net;")]
    [InlineData("[Sequential<X>] partial class Net;")]
    [InlineData("namespace A.B; partial class Net { }")]
    [InlineData("namespace A.B; // like class Net\n[Sequential<X>] partial class Wide;")]
    [InlineData("namespace A.B; /* class Net\n */ [Sequential<X>] partial class Wide;")]
    [InlineData("")]
    public void DeclaresAnother(string source) => Assert.False(ModelSource.Declares(source, Model("A.B.Net")));

    [Fact]
    public void DeclaresAModelInNoNamespace()
    {
        Assert.True(ModelSource.Declares("[Sequential<X>] partial class Net;", Model("Net")));
        Assert.True(ModelSource.Declares("namespace A; class Outer { [Sequential<X>] partial class Net; }", Model("A.Outer+Net")));
        Assert.False(ModelSource.Declares("namespace A; [Sequential<X>] partial class Net;", Model("Net")));
    }

    private static ModelDescription Model(string name) => new() { Name = name, Layers = [] };
}
