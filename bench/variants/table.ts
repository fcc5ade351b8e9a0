/** Every variant by name. Loaded one at a time, so that a process holds one framework only. */
import type { Build } from './variant.ts'

export const VARIANTS = {
  ours: async () => (await import('./ours.ts')).buildOurs,
  grammy: async () => (await import('./grammy.ts')).buildGrammy,
  'grammy-fetch': async () => (await import('./grammy.ts')).buildGrammyFetch,
  conversations: async () => (await import('./conversations.ts')).buildConversations,
  telegraf: async () => (await import('./telegraf.ts')).buildTelegraf,
  botbuilder: async () => (await import('./botbuilder.ts')).buildBotbuilder,
  /** The control: ours, losing every hundredth record. A run with it must fail. */
  forgetful: async () => (await import('./forgetful.ts')).buildForgetful,
} satisfies Record<string, () => Promise<Build>>

export type VariantName = keyof typeof VARIANTS

export const OF_OURS: VariantName[] = ['ours', 'forgetful']

export function isVariant(name: string): name is VariantName {
  return Object.hasOwn(VARIANTS, name)
}
