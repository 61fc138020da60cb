using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Espalier.Samples.Tests.Harness;

/// <summary>A server on this machine that answers as told, byte by byte: a real one could not be made to cut a connection.</summary>
internal sealed class LoopbackMirror : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private readonly ConcurrentDictionary<string, Answer> _answers = new();
    private readonly ConcurrentQueue<string> _asked = new();

    public LoopbackMirror()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The folder that files lie in.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/mnist/");

    /// <summary>Names of the files that were asked for, in order.</summary>
    public string[] Asked => [.. _asked];

    /// <param name="name">The file; any other is not found.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="promised">The length that the headers name; the body's unless said. 0 leaves it out.</param>
    /// <param name="stalls">Whether the connection stays open after the body.</param>
    public LoopbackMirror With(string name, byte[] body, int? promised = null, bool stalls = false)
    {
        _answers[name] = new Answer(body, promised ?? body.Length, stalls);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var stream = connection.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var name = (await reader.ReadLineAsync(_end.Token))!.Split(' ')[1]["/mnist/".Length..];
            while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 })
            {
            }

            _asked.Enqueue(name);
            var found = _answers.TryGetValue(name, out var answer);
            var length = found ? answer!.Promised > 0 ? $"Content-Length: {answer.Promised}\r\n" : "" : "Content-Length: 0\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(found ? "200 OK" : "404 Not Found")}\r\n{length}Connection: close\r\n\r\n"), _end.Token);
            if (found)
            {
                await stream.WriteAsync(answer!.Body, _end.Token);
                await stream.FlushAsync(_end.Token);
                await Task.Delay(answer.Stalls ? Timeout.Infinite : 0, _end.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The test is over, or the client has gone: what some of them are about.
        }
    }

    private sealed record Answer(byte[] Body, int Promised, bool Stalls);
}
