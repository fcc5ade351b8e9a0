import type { Person } from '../person.ts'
import type { Fields, Message } from '../shapes.ts'
import { date, type Place, privatePlace } from '../world.ts'
import type { OfficeStage, Stage } from './stage.ts'

/** A chat action is shown for five seconds, as in the apps. */
const TYPING_SECONDS = 5

/** Who there is to play, and where. */
export function people({ offices, citizens, staff }: Stage) {
  const named = (person: Person) => ({ id: person.id, name: person.user.first_name })
  return {
    offices: offices.map(({ id }) => id),
    citizens: citizens.map(named),
    staff: staff.map(named),
  }
}

/** The person, office and chat that the page means. */
export function findScene(stage: Stage, wish: Fields): { person: Person; office: OfficeStage; place: Place } {
  const person = [...stage.citizens, ...stage.staff].find(one => one.id === Number(wish.as))
  const office = stage.offices.find(one => one.id === wish.office)
  if (person === undefined || office === undefined) throw new Error('Tidak ada orang atau kantor itu.')
  const isStaff = stage.staff.includes(person)
  if (wish.chat === 'forum' && isStaff) return { person, office, place: office.forum.place }
  if (wish.chat === 'group' && isStaff) return { person, office, place: office.group.place }
  return { person, office, place: privatePlace(stage.telegram.world, office.bot.state, person.user) }
}

function isShown(message: Message, place: Place, topic: number | undefined): boolean {
  if (!place.chat.is_forum) return true
  return topic === undefined ? message.is_topic_message === undefined : message.message_thread_id === topic
}

/** What the bot last answered to a press of this person. */
function popUp({ bot }: OfficeStage, person: Person) {
  const last = [...bot.state.queries].findLast(([, query]) => query.by === person.id)
  const words = last?.[1].answered?.text
  return words === undefined ? undefined : { id: last?.[0], text: words }
}

/** Everything one person sees in one chat. */
export function view(stage: Stage, wish: Fields) {
  const { person, office, place } = findScene(stage, wish)
  const topic = wish.topic === undefined || wish.topic === '' ? undefined : Number(wish.topic)
  const { typing } = place
  const isTyping =
    typing !== undefined && typing.thread === topic && typing.at + TYPING_SECONDS > date(stage.telegram.world)
  return {
    title: place.chat.title ?? office.bot.user.first_name,
    topics: [...place.topics.values()],
    isForum: place.chat.is_forum === true,
    messages: [...place.messages.values()]
      .filter(message => isShown(message, place, topic))
      .map(message => ({
        ...message,
        reaction: place.reactions.get(message.message_id),
        isOwn: message.from?.id === person.id,
      })),
    keys: place.keys,
    typing: isTyping ? `${typing.by} sedang mengetik …` : '',
    popUp: popUp(office, person),
    door: place.door,
    commands: office.bot.commands.get('default///') ?? [],
    violations: stage.telegram.violations.slice(-5),
  }
}
