import { readFileSync } from 'node:fs'
import type { VariantName } from './variants/table.ts'

const wanted = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  dependencies: Record<string, string>
}

const PACKAGES: Partial<Record<VariantName, string>> = {
  grammy: 'grammy',
  'grammy-fetch': 'grammy',
  conversations: '@grammyjs/conversations',
  telegraf: 'telegraf',
  botbuilder: 'botbuilder-dialogs',
}

/** A peer by the name and version of its package; `grammy-fetch` says that it is stubbed lower down. */
export function peerName(variant: VariantName): string {
  const name = PACKAGES[variant]
  if (name === undefined) return variant
  const stub = variant === 'grammy-fetch' ? ', stubbed at fetch' : ''
  return `${name} ${wanted.dependencies[name]}${stub}`
}

/** A package with its version, as its own package.json is pinned here. */
export function peerVersion(name: string): string {
  return wanted.dependencies[name] === undefined ? name : `${name} ${wanted.dependencies[name]}`
}
