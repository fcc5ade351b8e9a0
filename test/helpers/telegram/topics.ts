import { post } from './post.ts'
import { breach, refusal } from './refusal.ts'
import type { User } from './shapes.ts'
import type { Place, Topic, World } from './world.ts'

const LONGEST_NAME = 128
/** The first of the six colours a topic may have. */
export const TOPIC_COLOR = 7322096

function checkName(name: string): void {
  if (name.trim() === '' || name.length > LONGEST_NAME)
    throw breach(`topic name of ${name.length} characters`)
}

/** A new topic; its id is that of the message with which it begins. */
export function addTopic(world: World, place: Place, by: User, name: string): Topic {
  if (!place.chat.is_forum) throw refusal(400, 'Bad Request: the chat is not a forum')
  checkName(name)
  const begin = post(world, place, by, { forum_topic_created: { name, icon_color: TOPIC_COLOR } })
  const topic: Topic = { id: begin.message_id, name, closed: false }
  place.topics.set(topic.id, topic)
  world.onChange()
  return topic
}

export function findTopic(place: Place, id: unknown): Topic {
  const topic = place.topics.get(Number(id))
  if (topic === undefined) throw refusal(400, 'Bad Request: TOPIC_ID_INVALID')
  return topic
}

/** Renames, closes or reopens a topic. */
export function changeTopic(
  world: World,
  place: Place,
  by: User,
  id: unknown,
  change: { name?: string; closed?: boolean },
): void {
  const topic = findTopic(place, id)
  const { name, closed } = change
  if (name !== undefined) checkName(name)
  if ((name ?? topic.name) === topic.name && (closed ?? topic.closed) === topic.closed)
    throw refusal(400, 'Bad Request: TOPIC_NOT_MODIFIED')
  Object.assign(topic, change)
  const word =
    name !== undefined
      ? { forum_topic_edited: { name } }
      : closed
        ? { forum_topic_closed: {} }
        : { forum_topic_reopened: {} }
  post(world, place, by, word, { thread: topic.id })
}

/** Deletes a topic with all that was said in it; bots are not told. */
export function dropTopic(world: World, place: Place, id: unknown): void {
  const topic = findTopic(place, id)
  place.topics.delete(topic.id)
  for (const { message_id, message_thread_id } of [...place.messages.values()])
    if (message_thread_id === topic.id) place.messages.delete(message_id)
  world.onChange()
}
