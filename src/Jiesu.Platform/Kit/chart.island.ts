import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

interface Source { kind: 'bar' | 'bar-lying' | 'line'; unit: string; labels: string[]; series: { name: string; values: (number | null)[] }[] }

/** Colours come from the tokens, so the dark screens need nothing of their own. */
export default (el: HTMLElement): void => {
  const source = JSON.parse(el.dataset['source'] ?? '{}') as Source;
  const chart = init(el);
  chart.setOption(option(source, (name) => getComputedStyle(el).getPropertyValue(name).trim()));
  const observer = new ResizeObserver(() => (el.isConnected ? chart.resize() : (observer.disconnect(), chart.dispose())));
  observer.observe(el);
};

function option({ kind, unit, labels, series }: Source, token: (name: string) => string): Record<string, unknown> {
  const ink = token('--ink-soft');
  const text = { color: ink, fontFamily: token('--font') };
  const category = { type: 'category', data: labels, inverse: kind === 'bar-lying', axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: token('--line') } } };
  const value = { type: 'value', axisLabel: { ...text, formatter: `{value}${unit}` }, splitLine: { lineStyle: { color: token('--line') } } };
  const [xAxis, yAxis] = kind === 'bar-lying' ? [value, category] : [category, value];
  return {
    color: ['--chart-1', '--chart-2', '--chart-3', '--chart-4'].map(token),
    textStyle: text,
    aria: { enabled: true },
    grid: { left: 8, right: 16, top: series.length > 1 ? 36 : 16, bottom: 4, containLabel: true },
    legend: { show: series.length > 1, top: 0, left: 0, textStyle: text, itemWidth: 14, itemHeight: 10 },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, valueFormatter: (v: unknown) => (v === null || v === undefined ? '—' : `${String(v)}${unit}`) },
    animationDuration: 250,
    xAxis,
    yAxis,
    series: series.map((s) => ({ name: s.name, type: kind === 'line' ? 'line' : 'bar', data: s.values, barMaxWidth: 28, symbolSize: 6, itemStyle: { borderRadius: 2 } })),
  };
}
