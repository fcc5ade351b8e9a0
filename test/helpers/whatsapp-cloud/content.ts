import { checkKind } from './media.ts'
import type { Outbound } from './message-rules.ts'
import type { Message } from './shapes.ts'
import { type Filled, fillTemplate } from './templates.ts'
import type { BusinessState, World } from './world.ts'

/** What the person will see of it, all checked but the person. */
export function contentOf(world: World, business: BusinessState, message: Outbound): Partial<Message> {
  const media = (id: string, kind: string) => checkKind(world, business, id, kind).id
  switch (message.type) {
    case 'text':
      return { text: message.text.body }
    case 'image':
      return { media: media(message.image.id, 'image'), text: message.image.caption ?? '' }
    case 'video':
      return { media: media(message.video.id, 'video'), text: message.video.caption ?? '' }
    case 'audio':
      return { media: media(message.audio.id, 'audio') }
    case 'document': {
      const { id, caption = '', filename } = message.document
      return {
        media: media(id, 'document'),
        text: caption,
        ...(filename === undefined ? {} : { fileName: filename }),
      }
    }
    case 'interactive':
      return interactiveContent(world, business, message.interactive)
    case 'template':
      return templateContent(fillTemplate(business, message.template))
    case 'reaction':
      return {}
  }
}

function templateContent({ template, text, choices }: Filled): Partial<Message> {
  const { footer } = template
  return { kind: 'template', text, choices, ...(footer === undefined ? {} : { footer }) }
}

type Interactive = Extract<Outbound, { type: 'interactive' }>['interactive']

function checkHeader(
  world: World,
  business: BusinessState,
  header: Extract<Interactive, { type: 'button' }>['header'],
): void {
  if (header?.type === 'image') checkKind(world, business, header.image.id, 'image')
  if (header?.type === 'video') checkKind(world, business, header.video.id, 'video')
  if (header?.type === 'document') checkKind(world, business, header.document.id, 'document')
}

function interactiveContent(world: World, business: BusinessState, said: Interactive): Partial<Message> {
  const text = said.body.text
  if (said.type === 'location_request_message') return { kind: 'location', text }
  const { header, footer } = said
  const shown = {
    text: header?.type === 'text' ? `${header.text}\n${text}` : text,
    ...(footer === undefined ? {} : { footer: footer.text }),
  }
  if (said.type === 'list') {
    const { button: opens, sections } = said.action
    const choices = sections
      .flatMap(({ rows }) => rows)
      .map(({ id, title, description }) => ({
        id,
        title,
        ...(description === undefined ? {} : { description }),
      }))
    return { ...shown, kind: 'list', opens, choices }
  }
  checkHeader(world, business, said.header)
  return { ...shown, kind: 'buttons', choices: said.action.buttons.map(one => one.reply) }
}
