import { registerHooks } from 'node:module'

/**
 * For controls: loaded before the program, it puts other files in the place of some of ours. `SWAPS` is JSON, by the end of a file's
 * path: the file that takes its place. What takes a place may import what it replaces.
 */
const swaps = Object.entries(JSON.parse(process.env.SWAPS ?? '{}') as Record<string, string>)

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const [, by] = swaps.find(([end]) => found.url.endsWith(end)) ?? []
    return by === undefined || context.parentURL === by ? found : { url: by, shortCircuit: true }
  },
})
