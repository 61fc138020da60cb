using System;
using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// Cuts Winograd's minimal filtering: transforms by tiles, matrix products by positions, so that every weight is read by one thread. The windows of a block are
/// transformed beside the results of the block before, which lie elsewhere.
/// </summary>
internal static class WinogradParts
{
    /// <param name="winograd">The blocks.</param>
    /// <param name="most">Parts of a pass.</param>
    /// <param name="make">Makes a part.</param>
    public static PackedConvolution[][] Of(WinogradGeometry winograd, int most, Func<ConvolutionPart, PackedConvolution> make)
    {
        var passes = new List<PackedConvolution[]>();
        for (var block = 0; block <= winograd.Blocks; block++)
        {
            var transforms = new List<PackedConvolution>();
            var results = block == 0 ? 0 : TilesOf(winograd, block - 1, most);
            var windows = block == winograd.Blocks ? 0 : TilesOf(winograd, block, most);
            for (var i = 0; i < Math.Max(results, windows); i++)
            {
                // In turn, as a thread begins with parts that lie side by side: each has some of both.
                if (i < results)
                {
                    transforms.Add(make(new ConvolutionPart(ConvolutionPass.Results, block - 1, i, results, 0, 1)));
                }

                if (i < windows)
                {
                    transforms.Add(make(new ConvolutionPart(ConvolutionPass.Windows, block, i, windows, 0, 1)));
                }
            }

            passes.Add([.. transforms]);
            if (block < winograd.Blocks)
            {
                passes.Add(Products(block, Math.Min(winograd.Positions, most), make));
            }
        }

        return [.. passes];
    }

    private static PackedConvolution[] Products(int block, int parts, Func<ConvolutionPart, PackedConvolution> make)
    {
        var products = new PackedConvolution[parts];
        for (var i = 0; i < parts; i++)
        {
            products[i] = make(new ConvolutionPart(ConvolutionPass.Products, block, i, parts, 0, 1));
        }

        return products;
    }

    /// <summary>Parts of a block's transforms: a tile each at least.</summary>
    private static int TilesOf(WinogradGeometry winograd, int block, int most) =>
        Math.Min(most, Math.Min(winograd.BlockTiles, winograd.Tiles - (block * winograd.BlockTiles)));
}
