using System;
using System.Runtime.CompilerServices;

namespace Espalier.Coding;

/// <summary>
/// The probability of a bit, from what several contexts saw before it: each context has an adaptive probability, and a logistic
/// mixture, which learns while coding whom to trust, makes one of them (Mahoney, 2005). All in integers, so that every processor
/// computes the same.
/// </summary>
internal sealed class ContextMixer
{
    // A probability in 2⁻²² and, in the ten lowest bits, how many bits it has seen: the more, the less each new one moves it.
    private const int CountBits = 10;
    private const uint CountMask = (1u << CountBits) - 1;
    private const int Unit = 1 << 16;

    // How far an error moves the weights, at first and after a while. Measured on pruned layers of LeNet-300-100 and on masks without any
    // structure: a last step of 4 costs the latter 0.4 to 2 % and gains the former 0.1 %; starting at 2 costs the former 0.5 %.
    private const int FirstStep = 12;
    private const int LastStep = 2;
    private const int SlowerAfter = 4000;

    private static readonly int[] s_rates = Rates();

    private readonly int _inputs;
    private readonly uint[] _slots;
    private readonly int[] _first;
    private readonly int[] _weights;
    private readonly int[] _chosen;
    private readonly int[] _odds;
    private readonly uint _most;

    // Held here, because code that is compiled before their classes are initialised asks each time whether they are.
    private readonly int[] _rates = s_rates;
    private readonly short[] _stretch = Logistic.Stretch;
    private readonly ushort[] _squash = Logistic.Squash;
    private int _step = FirstStep;
    private int _untilSlower = SlowerAfter;

    /// <param name="contexts">For every input, how many contexts it tells apart.</param>
    /// <param name="sets">How many sets of weights the mixture has.</param>
    /// <param name="one">The probability of 1 in 4096ths that every context starts from, 1 to 4095.</param>
    /// <param name="trust">How many bits that start counts for.</param>
    /// <param name="memory">How many bits a probability averages over at most, up to 1023: fewer follow a drift faster, more are closer to what never changes.</param>
    public ContextMixer(ReadOnlySpan<int> contexts, int sets, int one, int trust, int memory)
    {
        _inputs = contexts.Length;
        _first = new int[_inputs];
        var slots = 0;
        for (var input = 0; input < _inputs; input++)
        {
            _first[input] = slots;
            slots += contexts[input];
        }

        _slots = new uint[slots];
        _slots.AsSpan().Fill(((uint)one << 20) | (uint)trust);
        _weights = new int[sets * _inputs];
        _weights.AsSpan().Fill(Unit / _inputs);
        _chosen = new int[_inputs];
        _odds = new int[_inputs];
        _most = (uint)memory;
    }

    /// <summary>Says which context an input is in for the next bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose(int input, int context) => _chosen[input] = _first[input] + context;

    /// <summary>Codes a bit in the chosen contexts, and learns from it.</summary>
    /// <param name="coder">Where it goes, or comes from.</param>
    /// <param name="bit">0 or 1, unless the coder decodes.</param>
    /// <param name="set">Which weights mix.</param>
    // A model is decoded once in a process, long before the JIT would come back to optimise: 1.7 ms instead of 8.9 for 10,000 weights.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Code<TCoder>(ref TCoder coder, int bit, int set)
        where TCoder : struct, IBinaryCoder
    {
        var slots = _slots;
        var chosen = _chosen.AsSpan(0, _inputs);
        var odds = _odds.AsSpan(0, chosen.Length);
        var weights = _weights.AsSpan(set * _inputs, chosen.Length);
        var (stretch, rates) = (_stretch, _rates);
        var sum = 0L;
        for (var i = 0; i < chosen.Length; i++)
        {
            odds[i] = stretch[slots[chosen[i]] >> 20];
            sum += (long)odds[i] * weights[i];
        }

        var mixed = (int)Math.Clamp(sum >> 16, -Logistic.Limit, Logistic.Limit);
        int one = _squash[mixed + 2048];
        bit = coder.Code(bit, one);

        var error = ((bit << 16) - one) * _step;
        if (--_untilSlower == 0)
        {
            _step = Math.Max(LastStep, _step - 1);
            _untilSlower = SlowerAfter;
        }

        var target = bit != 0 ? (1 << 22) - 1 : 0;
        for (var i = 0; i < chosen.Length; i++)
        {
            weights[i] += (int)((((long)odds[i] * error) + (1 << 19)) >> 20);
            ref var slot = ref slots[chosen[i]];
            var count = slot & CountMask;
            var seen = (int)(slot >> CountBits);
            seen += (int)(((long)(target - seen) * rates[count]) >> 16);
            slot = ((uint)seen << CountBits) | (count < _most ? count + 1 : count);
        }

        return bit;
    }

    private static int[] Rates()
    {
        var rates = new int[1 << CountBits];
        for (var count = 0; count < rates.Length; count++)
        {
            // 1 / (count + 1.5): the estimate of Krichevsky and Trofimov, nearly.
            rates[count] = 131072 / ((2 * count) + 3);
        }

        return rates;
    }
}
