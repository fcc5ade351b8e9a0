import { hide } from '../../src/assistant/hide.ts'
import { maskPersonal } from '../../src/lib/mask.ts'
import { lexiconOf } from '../../src/serve-articles.ts'
import { type Check, progress, size } from './check.ts'
import { file } from './harness/filing.ts'
import { type MadeUp, madeUp, SENTENCES, SPELLINGS } from './harness/made-up-people.ts'
import { withModelHouse } from './harness/model-run.ts'
import { type Server, startServer } from './harness/server.ts'

/**
 * Guarantee T32: `--identities` made-up people write in every way of writing; of what a model would see, numbers and accounts are
 * looked for, digit by digit, and names. Then `--citizens` of each kind walk through the line with canaries in every field, ask,
 * report openly, confidentially and anonymously, and everything that went over the wire is searched. Numbers, accounts, names
 * that are known, and all of what is not open: 0. Names in the midst of words are found in part; how many is reported. Last, a flood
 * of `--flood` questions meets its budget. The control is the mask of the desk's cards alone, and must be caught.
 */
export const check: Check = {
  async run(flags) {
    const identities = size(flags, 'identities', 2_000)
    const citizens = size(flags, 'citizens', 40)
    const flood = size(flags, 'flood', 100)
    const known = lexiconOf('flows').reader.words
    const texts = written(identities, text => hide(text, { names: [], known }))
    const questions = written(identities, text => hide(text, { names: [], known, onlyKnown: true }))
    const control = written(Math.min(identities, 200), maskPersonal)
    progress(
      `reports: ${JSON.stringify(texts)}\nquestions: ${JSON.stringify(questions)}\ncontrol: ${JSON.stringify(control)}`,
    )
    const server = await startServer()
    try {
      const wire = await overTheWire(server, citizens)
      const budget = await flooded(server, flood)
      return {
        totals: {
          identities,
          numbers: texts.numbers + questions.numbers,
          namesHiddenInReports: share(texts.names, identities),
          namesHiddenInQuestions: share(questions.names, identities),
          ...wire,
          ...budget,
          controlNumbers: control.numbers,
          controlNames: control.names,
        },
        ok:
          texts.numbers + questions.numbers === 0 &&
          wire.calls >= citizens &&
          wire.leaked + wire.closed === 0 &&
          budget.floodCalls === budget.floodBudget &&
          control.numbers > 0 &&
          control.names > 0,
      }
    } finally {
      await server.stop()
    }
  },
}

function share(leaked: number, all: number): number {
  return Math.round((1 - leaked / all) * 1_000) / 1_000
}

/** How many numbers and names are left in what the n-th person writes. */
function written(identities: number, mask: (text: string) => string) {
  const left = { numbers: 0, names: 0 }
  for (let n = 0; n < identities; n++) {
    const who = madeUp(n)
    const number = [who.nik, who.kk, who.nip, who.phone][n % 4] ?? ''
    const spelt = (SPELLINGS[n % SPELLINGS.length] ?? String)(number)
    const name = [who.name, who.name.toLowerCase(), who.name.toUpperCase()][Math.floor(n / 7) % 3] ?? ''
    const seen = mask((SENTENCES[n % SENTENCES.length] ?? String)(who, name, spelt))
    if (
      hasNumber(seen, number) ||
      [who.mail, who.account, who.link, who.receipt].some(one => seen.includes(one))
    )
      left.numbers += 1
    const words = seen.toLowerCase().split(/[^\p{L}]+/u)
    if (
      who.name
        .toLowerCase()
        .split(' ')
        .some(part => words.includes(part))
    )
      left.names += 1
  }
  return left
}

/** Whether five digits of the number that stand together are left, whatever is written between them. */
function hasNumber(seen: string, number: string): boolean {
  const digits = seen
    .normalize('NFKC')
    .replace(/[٠-٩]/g, digit => String((digit.codePointAt(0) ?? 0) - 0x0660))
    .replace(/\D/g, '')
  for (let at = 0; at + 5 <= number.length; at++) if (digits.includes(number.slice(at, at + 5))) return true
  return false
}

async function overTheWire(server: Server, citizens: number) {
  return withModelHouse(
    server,
    'mask',
    { more: { budget: { citizen: 100, office: 10_000 }, restMs: 0 } },
    async (house, fake) => {
      fake.mood = { is: 'answers', with: () => '{}' }
      const searched: { open: string[]; closed: string[] } = { open: [], closed: [] }
      for (let n = 0; n < citizens; n++) {
        const open = madeUp(10_000 + n)
        const who = `warga-${n}`
        await house.web.say(
          who,
          `bagaimana cara urus ktp hilang? saya ${open.name} nik ${open.nik} hp ${open.phone}`,
        )
        const code = await file(house.web, who, reportOf(open, 'terbuka', n))
        searched.open.push(...canariesOf(open), code)
        for (const mode of ['rahasia', 'anonim'] as const) {
          const hidden = madeUp((mode === 'rahasia' ? 20_000 : 30_000) + n)
          const closed = await file(house.web, `${who}-${mode}`, {
            ...reportOf(hidden, mode, n),
            place: `Ruang${mode}${n}`,
          })
          searched.closed.push(...canariesOf(hidden), closed, `Ruang${mode}${n}`)
        }
        await house.work(`konsep ${code}`)
      }
      await house.quiet()
      const sent = fake.heard.map(({ raw }) => raw).join('\n')
      const found = (canaries: string[]) =>
        canaries.filter(one => sent.toLowerCase().includes(one.toLowerCase()))
      const [leaked, closed] = [found(searched.open), found(searched.closed)]
      for (const one of [...leaked, ...closed]) progress(`left the house: ${one}`)
      return {
        calls: fake.heard.length,
        canaries: searched.open.length + searched.closed.length,
        leaked: leaked.length,
        closed: closed.length,
      }
    },
  )
}

function reportOf(who: MadeUp, mode: 'terbuka' | 'rahasia' | 'anonim', n: number) {
  const description = `Antrean loket lama sekali. Saya ${who.name}, NIK ${who.nik}, KK ${who.kk}, hubungi ${who.phone} atau ${who.mail} ${who.account} ${who.link} ${who.receipt}`
  return {
    mode,
    description,
    place: `Loket 3, dekat rumah ${who.name} Jl. Rahasia${n} No. ${n}`,
    name: who.name,
  }
}

/** Everything of a person that must not leave. Names are known here: they were given as such. */
function canariesOf({ name, nik, kk, phone, mail, account, link, receipt }: MadeUp): string[] {
  return [name, nik, kk, phone, mail, account, link, receipt]
}

/** One citizen asks and asks: the model is called as often as their day allows, and every question is answered. */
async function flooded(server: Server, flood: number) {
  const budget = { citizen: Math.max(1, Math.floor(flood / 10)), office: 10_000 }
  return withModelHouse(server, 'mask_flood', { more: { budget, restMs: 0 } }, async (house, fake) => {
    fake.mood = { is: 'answers', with: () => '{}' }
    let answered = 0
    for (let n = 0; n < flood; n++) {
      const heard = await house.web.say('flooding', 'apa beda cpns dan pppk?')
      if (heard !== '') answered += 1
    }
    await house.quiet()
    return { floodAsked: answered, floodCalls: fake.heard.length, floodBudget: budget.citizen }
  })
}
