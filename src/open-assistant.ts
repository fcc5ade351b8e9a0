import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Assistant, type AssistantParts, createAssistant } from './assistant/assistant.ts'
import type { ModelSettings } from './assistant/model.ts'
import { openModel } from './assistant/open-model.ts'
import { readPrompts } from './assistant/prompt.ts'
import { storeTold } from './inbox/store-told.ts'
import type { Line } from './line.ts'

const prompts = join(dirname(dirname(fileURLToPath(import.meta.url))), 'prompts')

/**
 * The assistant beside a line, where a model is configured; undefined where none is, and then nothing of it is loaded and no turn
 * notes anything for it. To be started after the line and stopped before it.
 */
export async function openAssistant(
  settings: ModelSettings | undefined,
  { room }: Pick<Line, 'room'>,
  parts: Pick<AssistantParts, 'db' | 'known' | 'log' | 'counters'>,
): Promise<Assistant | undefined> {
  const model = await openModel(settings)
  if (model === undefined) return undefined
  room.hasModel = true
  const tell: AssistantParts['tell'] = (client, told) => storeTold(client, room.sealing, told)
  return createAssistant({ ...room, ...parts, model, prompts: readPrompts(prompts), tell })
}
