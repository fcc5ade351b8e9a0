import type { z } from 'zod'
import type { Ended } from './model.ts'
import type { Prompts } from './prompt.ts'

/** Puts one thing to the model, within what budget and time there is; whatever happens has a name. */
export type Put = <S extends z.ZodType>(
  prompt: keyof Prompts,
  what: { input: Readonly<Record<string, string>>; output: S },
) => Promise<Ended<z.output<S>>>
