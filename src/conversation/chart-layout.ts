/** A road drawn in a chart: from one step to another, with what leads there. */
export type Road = { from: string; to: string; label: string }

/** Where each step stands, in columns and rows, and the slots that each road runs through. */
export type Layout = {
  place: Map<string, { row: number; column: number }>
  /** Roads down the page, with the columns they pass in the rows between; roads back up have none. */
  down: { road: Road; through: { row: number; column: number }[] }[]
  back: Road[]
  rows: number
  columns: number
}

/** Rows by the longest way from the first step, so that all roads but those back up lead downwards. */
export function layOut(order: string[], roads: Road[]): Layout {
  const back = backRoads(order, roads)
  const forward = roads.filter(road => !back.includes(road))
  const row = rowsOf(order, forward)
  const slots: string[][] = []
  const put = (name: string, at: number) => {
    slots[at] = [...(slots[at] ?? []), name]
  }
  for (const name of order) put(name, row.get(name) ?? 0)
  const chains = forward.map((road, index) => {
    const first = (row.get(road.from) ?? 0) + 1
    const between = Array.from(
      { length: Math.max(0, (row.get(road.to) ?? 0) - first) },
      (_, i) => `${index}#${first + i}`,
    )
    for (const [i, slot] of between.entries()) put(slot, first + i)
    return { road, names: [road.from, ...between, road.to] }
  })
  straighten(
    slots,
    chains.map(chain => chain.names),
  )
  const place = new Map(
    slots.flatMap((names, r) => names.map((name, column) => [name, { row: r, column }] as const)),
  )
  const down = chains.map(({ road, names }) => ({
    road,
    through: names.slice(1, -1).flatMap(name => place.get(name) ?? []),
  }))
  return { place, down, back, rows: slots.length, columns: Math.max(1, ...slots.map(names => names.length)) }
}

/** Roads that lead to a step one is still behind: found by walking every way from the first step. */
function backRoads(order: string[], roads: Road[]): Road[] {
  const found: Road[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (name: string) => {
    state.set(name, 'open')
    for (const road of roads.filter(r => r.from === name)) {
      const seen = state.get(road.to)
      if (seen === 'open') found.push(road)
      else if (seen === undefined) visit(road.to)
    }
    state.set(name, 'done')
  }
  for (const name of order) if (!state.has(name)) visit(name)
  return found
}

function rowsOf(order: string[], forward: Road[]): Map<string, number> {
  const row = new Map(order.map(name => [name, 0]))
  // As many rounds as there are steps settle the longest way; a flow has a few dozen.
  for (let round = 0; round < order.length; round++) {
    for (const { from, to } of forward) row.set(to, Math.max(row.get(to) ?? 0, (row.get(from) ?? 0) + 1))
  }
  return row
}

/** Orders each row by where its neighbours stand, up and down a few times, so that few roads cross. */
function straighten(slots: string[][], chains: string[][]): void {
  const near = new Map<string, string[]>()
  for (const chain of chains) {
    for (const [i, name] of chain.entries()) {
      const beside = [chain[i - 1], chain[i + 1]].filter(other => other !== undefined)
      near.set(name, [...(near.get(name) ?? []), ...beside])
    }
  }
  for (let sweep = 0; sweep < 8; sweep++) {
    const column = new Map(
      slots.flatMap(names => names.map((name, i) => [name, i - names.length / 2] as const)),
    )
    for (const names of slots) {
      const weight = (name: string) => {
        const beside = near.get(name) ?? []
        return beside.reduce((sum, other) => sum + (column.get(other) ?? 0), 0) / Math.max(1, beside.length)
      }
      names.sort((a, b) => weight(a) - weight(b))
    }
  }
}
