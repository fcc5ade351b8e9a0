import { type Graph, instance, type Viz } from '@viz-js/viz'
import { shown } from './clean-text.ts'

let viz: Promise<Viz> | undefined

/** A graph laid out from above to below and drawn as SVG by Graphviz, which is loaded when the first is asked for. Throws when it cannot be drawn. */
export async function drawGraph(graph: Graph): Promise<string> {
  viz ??= instance()
  return shown((await viz).renderString(graph, { format: 'svg', engine: 'dot' }))
}
