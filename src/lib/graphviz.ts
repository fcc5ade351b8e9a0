import { type Graph, instance, type Viz } from '@viz-js/viz'

let viz: Promise<Viz> | undefined

/** A graph laid out from above to below and drawn as SVG by Graphviz, which is loaded when the first is asked for. Throws when it cannot be drawn. */
export async function drawGraph(graph: Graph): Promise<string> {
  viz ??= instance()
  return (await viz).renderString(graph, { format: 'svg', engine: 'dot' })
}
