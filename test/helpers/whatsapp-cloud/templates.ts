import type { TemplateCall, TemplateComponent } from './message-rules.ts'
import { breach, Refusal } from './refusal.ts'
import type { Choice } from './shapes.ts'
import type { BusinessState } from './world.ts'

/** A template as the office has had it approved: `{{1}}` or, all of them, `{{nama}}` where something is to stand. */
export type Template = {
  name: string
  language: string
  category: 'utility' | 'marketing' | 'authentication'
  body: string
  header?: string
  footer?: string
  /** Quick replies; what is pressed comes back with the payload the call gave it, or with its words. */
  buttons?: string[]
  status: 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED'
}

/** What the person sees of it. */
export type Filled = { template: Template; text: string; choices: Choice[] }

function holesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name))]
}

function find(business: BusinessState, { name, language }: TemplateCall): Template {
  const template = business.templates.find(one => one.name === name && one.language === language.code)
  if (template === undefined || template.status === 'PENDING' || template.status === 'REJECTED')
    throw new Refusal(132001, `template name (${name}) does not exist in ${language.code}`, {
      breach: template === undefined,
    })
  if (template.status === 'PAUSED') throw new Refusal(132015, 'Template is paused due to low quality')
  if (template.status === 'DISABLED') throw new Refusal(132016, 'Template is disabled')
  return template
}

function checkText(text: string, name: string): void {
  if (text.trim() === '') throw breach(131008, `Parameter of type text is missing text value (${name})`)
  if (/[\n\r\t]| {4}/.test(text))
    throw breach(132018, `Param ${name} cannot have new-line/tab characters or 4 consecutive spaces`)
}

/** The text with what the component gives for it; the count must be right, and names where there are names. */
function fill(text: string, component: TemplateComponent | undefined, at: string): string {
  const holes = holesOf(text)
  const given = component?.parameters ?? []
  if (given.length !== holes.length)
    throw breach(
      132000,
      `${at}: number of localizable_params (${given.length}) does not match the expected number of params (${holes.length})`,
    )
  const isNamed = holes.some(hole => !/^\d+$/.test(hole))
  const values = new Map(
    given.map((one, index) => {
      if (one.type !== 'text') throw breach(132012, `${at}: a parameter of type text is expected`)
      if (isNamed !== (one.parameter_name !== undefined))
        throw breach(132012, `${at}: Parameter name is ${isNamed ? 'missing' : 'unexpected'}`)
      const name = one.parameter_name ?? `${index + 1}`
      checkText(one.text, name)
      return [name, one.text]
    }),
  )
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values.get(name)
    if (value === undefined) throw breach(132012, `${at}: Parameter ${name} is missing`)
    return value
  })
}

function choicesOf({ buttons = [] }: Template, components: TemplateComponent[]): Choice[] {
  const payloads = new Map<number, string>()
  for (const { sub_type, index, parameters } of components.filter(one => one.type === 'button')) {
    const [first] = parameters
    if (sub_type !== 'quick_reply' || index === undefined || first?.type !== 'payload')
      throw breach(132012, 'button: a payload of a quick_reply with its index is expected')
    if (buttons[Number(index)] === undefined) throw breach(132000, `button: there is none at index ${index}`)
    payloads.set(Number(index), first.payload)
  }
  return buttons.map((title, index) => ({ id: payloads.get(index) ?? title, title }))
}

/** Puts a call's parameters into the template it names, or throws what is wrong with it. */
export function fillTemplate(business: BusinessState, call: TemplateCall): Filled {
  const template = find(business, call)
  const components = call.components ?? []
  const of = (type: string) => {
    const [first, ...more] = components.filter(one => one.type === type)
    if (more.length > 0) throw breach(100, `Only one component of type ${type} is allowed`)
    return first
  }
  const header = of('header')
  const parts = [
    template.header === undefined && header === undefined
      ? ''
      : fill(template.header ?? '', header, 'header'),
    fill(template.body, of('body'), 'body'),
  ]
  const text = parts.filter(part => part !== '').join('\n')
  if (text.length > 1024) throw new Refusal(132005, 'Translated text too long', { breach: true })
  return { template, text, choices: choicesOf(template, components) }
}
