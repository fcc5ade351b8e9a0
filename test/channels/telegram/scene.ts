import { tokenOf } from '../../../src/channels/option-tokens.ts'
import { telegramCounts } from '../../../src/channels/telegram/counts.ts'
import { TOKEN_MAX } from '../../../src/channels/telegram/keyboard.ts'
import { telegramChannel } from '../../../src/channels/telegram/telegram-channel.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import { isAway } from '../../../src/records/away.ts'
import { telegramRecords } from '../../../src/telegram-ports.ts'
import { startFakeTelegram } from '../../helpers/telegram/fake.ts'
import type { Message } from '../../helpers/telegram/shapes.ts'
import type { Speaker } from '../../helpers/telegram/speaker.ts'
import { fileAs } from '../dialogues/every-dialogue.ts'
import { OFFICES, type Said, type Scene, type SceneParts } from '../dialogues/theatre.ts'
import { FAST } from './fixture.ts'

const SIGN: Record<string, string> = { bold: '*', italic: '_' }

/** A Telegram with a bot for each office. */
export async function telegramScene(parts: SceneParts): Promise<Scene> {
  const { at, files, quota, log } = parts
  const telegram = await startFakeTelegram({
    now: () => at.getTime(),
    secondMs: 20,
    bots: OFFICES.map(office => ({ username: `balai_${office}_bot` })),
  })
  return {
    channel: telegramChannel({
      bots: OFFICES.map((office, n) => ({ office, token: telegram.bots[n]?.token ?? '', by: 'poll' })),
      apiRoot: telegram.url,
      ...telegramRecords(parts),
      files,
      quota,
      away: isAway,
      log,
      counters: createCounters(telegramCounts),
      times: FAST,
      now: () => at,
    }),
    opened: async () => undefined,
    actor(office, language) {
      const person = telegram.user('Warga', { language_code: language })
      const here = person.in(telegram.bots[OFFICES.indexOf(office)] ?? telegram.bot)
      // Without having written once, nobody may be written to.
      here.place.door = 'open'
      return {
        address: String(person.id),
        does: said => speak(here, said),
        hears: () =>
          [...here.place.messages.values()].filter(({ from }) => from?.is_bot === true).map(wordsOf),
      }
    },
    violations: telegram.violations,
    close: telegram.close,
  }
}

function speak(here: Speaker, said: Said): void {
  if (typeof said === 'string') here.says(said)
  else if ('photo' in said) here.sendsPhoto(fileAs('photo', said.photo))
  else if ('document' in said) here.sendsDocument(fileAs('document', said.document))
  else if ('voice' in said) here.sendsVoice(fileAs('voice', said.voice))
  else if ('location' in said) here.sendsLocation(said.location.latitude, said.location.longitude)
  else press(here, said.press)
}

/** Presses the newest button of this option; one that is nowhere to be seen stood on a message long gone. */
function press(here: Speaker, option: string): void {
  const data = tokenOf(option, TOKEN_MAX)
  const messages = [...here.place.messages.values()].reverse()
  const buttons = (message: Message) => (message.reply_markup?.inline_keyboard ?? []).flat()
  const on = messages.find(message => buttons(message).some(button => button.callback_data === data))
  const label = on && buttons(on).find(button => button.callback_data === data)?.text
  if (on !== undefined && label !== undefined) here.presses(label, on)
  else if (messages[0] !== undefined) here.forges(data, messages[0])
}

/** A message as the transcripts write it: bold and italic by their signs, then the labels. */
function wordsOf({ text = '', entities = [], reply_markup }: Message): string {
  let words = text
  const signs = entities.flatMap(({ type, offset, length }) => {
    const sign = SIGN[type] ?? ''
    return [
      { at: offset, sign },
      { at: offset + length, sign },
    ]
  })
  for (const { at, sign } of signs.toSorted((a, b) => b.at - a.at)) {
    words = words.slice(0, at) + sign + words.slice(at)
  }
  const labels = (reply_markup?.inline_keyboard ?? []).flat().map(button => button.text)
  return [words, ...labels].join('\n')
}
