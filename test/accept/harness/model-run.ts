import type { Model } from '../../../src/assistant/model.ts'
import { openModel } from '../../../src/assistant/open-model.ts'
import { type FakeModel, startFakeModel } from '../../helpers/model/fake-model.ts'
import { openModelHouse } from '../../helpers/model/model-house.ts'
import { putCarelessModel } from './careless-model.ts'
import type { Server } from './server.ts'

export type ModelHouse = Awaited<ReturnType<typeof openModelHouse>>

/** The name under which every check reaches the fake, as an operator would set it. */
const NAME = 'openai:local'

/** One house beside one fake model, reached through the real LangChain code; `careless` is the control. */
export async function withModelHouse<T>(
  server: Server,
  name: string,
  how: { careless?: { withinMs: number }; more?: Parameters<typeof openModelHouse>[2] },
  run: (house: ModelHouse, fake: FakeModel) => Promise<T>,
): Promise<T> {
  const { db, keyring } = await server.database(name)
  const fake = await startFakeModel()
  const model = (await openModel({
    model: NAME,
    baseUrl: fake.baseUrl,
    apiKey: 'secret-of-the-office',
  })) as Model
  const undo = how.careless ? putCarelessModel(model, how.careless.withinMs) : () => undefined
  const house = await openModelHouse({ db, keyring }, model, how.more)
  try {
    return await run(house, fake)
  } finally {
    undo()
    await house.stop()
    await fake.stop()
  }
}

/** Questions the articles of the folder answer, surely or perhaps; each is asked as a citizen asks. */
export const QUESTIONS = [
  'apa beda cpns dan pppk?',
  'apakah pendaftaran cpns dipungut biaya?',
  'gaji pppk berapa?',
  'masa sanggah berapa lama?',
  'bagaimana cara membuat kartu kuning?',
  'syarat ktp hilang apa saja?',
  'bagaimana mengurus surat pindah?',
  'batas usia melamar berapa?',
  'apa itu sptjm?',
  'ijazah hilang bagaimana?',
]
