namespace Jiesu.Intelligence.Features.Address;

/// <summary>How boosted trees are grown; chosen by cross-validation (docs/intelligence-address.md).</summary>
internal sealed record TreeSettings(int Rounds = 220, int Depth = 5, double Rate = 0.07, int LeastRows = 25, double Pull = 3, double RowShare = 0.7, double ColumnShare = 0.5, int Seed = 1);

/// <summary>提升树: several classes told apart by sums of small trees, each fitted to what the ones before it got wrong.</summary>
internal sealed class BoostedTrees
{
    private const int Bins = 64;

    private readonly record struct Node(int Column, float Threshold, int Left, int Right, float Value);

    private readonly int _classes;
    private readonly double[] _start;
    private readonly List<Node[]> _trees = [];

    private BoostedTrees(int classes, double[] start) => (_classes, _start) = (classes, start);

    /// <summary>Probability of each class.</summary>
    public double[] Predict(float[] row)
    {
        var scores = (double[])_start.Clone();
        for (var i = 0; i < _trees.Count; i++)
        {
            scores[i % _classes] += Value(_trees[i], row);
        }

        return Softmax(scores);
    }

    public static BoostedTrees Train(float[][] rows, int[] labels, int classes, TreeSettings settings, CancellationToken ct)
    {
        var start = Enumerable.Range(0, classes).Select(c => Math.Log((labels.Count(l => l == c) + 1.0) / (labels.Length + classes))).ToArray();
        var model = new BoostedTrees(classes, start);
        var (random, grower) = (new Random(settings.Seed), new Grower(rows, settings));
        var scores = Array.ConvertAll(rows, _ => (double[])start.Clone());
        for (var round = 0; round < settings.Rounds; round++)
        {
            ct.ThrowIfCancellationRequested();
            var chances = Array.ConvertAll(scores, Softmax);
            int[] drawn = [.. Enumerable.Range(0, rows.Length).Where(_ => random.NextDouble() < settings.RowShare)];
            for (var c = 0; c < classes; c++)
            {
                var slopes = new float[rows.Length];
                var bends = new float[rows.Length];
                for (var i = 0; i < rows.Length; i++)
                {
                    var p = chances[i][c];
                    (slopes[i], bends[i]) = ((float)(p - (labels[i] == c ? 1 : 0)), (float)Math.Max(p * (1 - p), 1e-6));
                }

                var tree = grower.Grow(drawn, slopes, bends, random);
                model._trees.Add(tree);
                for (var i = 0; i < rows.Length; i++)
                {
                    scores[i][c] += Value(tree, rows[i]);
                }
            }
        }

        return model;
    }

    private static double Value(Node[] tree, float[] row)
    {
        var at = 0;
        while (tree[at].Left > 0)
        {
            at = row[tree[at].Column] <= tree[at].Threshold ? tree[at].Left : tree[at].Right;
        }

        return tree[at].Value;
    }

    private static double[] Softmax(double[] scores)
    {
        var top = scores.Max();
        var parts = Array.ConvertAll(scores, s => Math.Exp(s - top));
        var sum = parts.Sum();
        return Array.ConvertAll(parts, p => p / sum);
    }

    /// <summary>Grows one tree at a time over values that were sorted into bins once.</summary>
    private sealed class Grower
    {
        private readonly TreeSettings _settings;
        private readonly float[][] _edges;
        private readonly byte[][] _bins;

        public Grower(float[][] rows, TreeSettings settings)
        {
            _settings = settings;
            var columns = rows[0].Length;
            _edges = [.. Enumerable.Range(0, columns).Select(c => Edges([.. rows.Select(r => r[c]).Order()]))];
            _bins = [.. Enumerable.Range(0, columns).Select(c => Array.ConvertAll(rows, r => Bin(_edges[c], r[c])))];
        }

        public Node[] Grow(int[] rows, float[] slopes, float[] bends, Random random)
        {
            int[] columns = [.. Enumerable.Range(0, _edges.Length).Where(_ => random.NextDouble() < _settings.ColumnShare)];
            var nodes = new List<Node> { default };
            var open = new Queue<(int Node, int[] Rows, int Depth)>([(0, rows, 0)]);
            while (open.TryDequeue(out var next))
            {
                var split = next.Depth < _settings.Depth ? Best(next.Rows, columns, slopes, bends) : null;
                if (split is not { } s)
                {
                    nodes[next.Node] = new(0, 0, 0, 0, Leaf(next.Rows, slopes, bends));
                    continue;
                }

                var bins = _bins[s.Column];
                nodes[next.Node] = new(s.Column, _edges[s.Column][s.Bin], nodes.Count, nodes.Count + 1, 0);
                open.Enqueue((nodes.Count, [.. next.Rows.Where(r => bins[r] <= s.Bin)], next.Depth + 1));
                open.Enqueue((nodes.Count + 1, [.. next.Rows.Where(r => bins[r] > s.Bin)], next.Depth + 1));
                nodes.AddRange([default, default]);
            }

            return [.. nodes];
        }

        private float Leaf(int[] rows, float[] slopes, float[] bends) =>
            (float)(-_settings.Rate * rows.Sum(r => (double)slopes[r]) / (rows.Sum(r => (double)bends[r]) + _settings.Pull));

        private (int Column, int Bin)? Best(int[] rows, int[] columns, float[] slopes, float[] bends)
        {
            var (all, allBend) = (rows.Sum(r => (double)slopes[r]), rows.Sum(r => (double)bends[r]));
            var (best, gain) = (((int, int)?)null, 1e-3 + (all * all / (allBend + _settings.Pull)));
            var (slope, bend, count) = (new double[Bins], new double[Bins], new int[Bins]);
            foreach (var column in columns)
            {
                Array.Clear(slope);
                Array.Clear(bend);
                Array.Clear(count);
                var bins = _bins[column];
                foreach (var r in rows)
                {
                    var b = bins[r];
                    slope[b] += slopes[r];
                    bend[b] += bends[r];
                    count[b]++;
                }

                var (left, leftBend, leftCount) = (0.0, 0.0, 0);
                for (var b = 0; b < _edges[column].Length; b++)
                {
                    (left, leftBend, leftCount) = (left + slope[b], leftBend + bend[b], leftCount + count[b]);
                    if (leftCount < _settings.LeastRows || rows.Length - leftCount < _settings.LeastRows)
                    {
                        continue;
                    }

                    var right = all - left;
                    var here = (left * left / (leftBend + _settings.Pull)) + (right * right / (allBend - leftBend + _settings.Pull));
                    if (here > gain)
                    {
                        (best, gain) = ((column, b), here);
                    }
                }
            }

            return best;
        }

        /// <summary>Upper borders of all bins but the last.</summary>
        private static float[] Edges(float[] sorted)
        {
            var distinct = sorted.Distinct().ToArray();
            return distinct.Length <= Bins
                ? [.. distinct.Zip(distinct.Skip(1), (a, b) => (a + b) / 2)]
                : [.. Enumerable.Range(1, Bins - 1).Select(i => sorted[(int)((long)i * sorted.Length / Bins)]).Distinct()];
        }

        private static byte Bin(float[] edges, float value)
        {
            var at = Array.BinarySearch(edges, value);
            return (byte)(at >= 0 ? at : ~at);
        }
    }
}
