import { pathToFileURL } from 'node:url'

/** The environment of a program in which files of a check's own stand in the place of some of ours. */
export function swapped(swaps: Record<string, string>): Record<string, string> {
  const urls = Object.entries(swaps).map(([end, path]) => [end, pathToFileURL(path).href])
  return {
    SWAPS: JSON.stringify(Object.fromEntries(urls)),
    NODE_OPTIONS: `--import ${pathToFileURL(`${import.meta.dirname}/swap.ts`).href}`,
  }
}
