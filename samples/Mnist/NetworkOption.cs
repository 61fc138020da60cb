using System.CommandLine;

namespace Mnist;

/// <summary>Which network a command is about.</summary>
internal static class NetworkOption
{
    public const string LeNet300 = "lenet300";
    public const string LeNet5 = "lenet5";

    public static Option<string> New()
    {
        var option = new Option<string>("--network") { Description = $"{LeNet300}: LeNet-300-100; {LeNet5}: the convolutional one.", DefaultValueFactory = _ => LeNet300 };
        option.AcceptOnlyFromAmong(LeNet300, LeNet5);
        return option;
    }
}
