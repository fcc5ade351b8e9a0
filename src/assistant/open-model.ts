import { Refusal } from '../lib/refusal.ts'
import type { Model, ModelSettings } from './model.ts'

/**
 * The configured model; undefined when none is, and then nothing of LangChain is loaded. Throws a Refusal in plain words when
 * its packages are not installed or the provider is not known: an operator who wants a model should not find out later.
 */
export async function openModel(settings: ModelSettings | undefined): Promise<Model | undefined> {
  if (settings === undefined) return undefined
  try {
    const { openLangchain } = await import('./langchain-model.ts')
    return await openLangchain(settings)
  } catch (error) {
    const [provider = ''] = settings.model.split(':')
    throw new Refusal(
      `The language model could not be opened (MODEL=${provider}:…). Your move: check the provider's name, and install its ` +
        `package: langchain, @langchain/core and @langchain/openai come with Balai, other providers' do not ` +
        `(npm install --save-exact @langchain/${provider}). ${error instanceof Error ? error.message.split('\n')[0] : ''}`,
    )
  }
}
