import type { FetConstraint } from './fet-constraint.ts'
import type { Mapper } from './time-constraints.ts'

const rooms = (of: (constraint: FetConstraint) => readonly number[]): Mapper => {
  return (constraint) => {
    const activities = of(constraint)
    const found = constraint.roomList()
    return activities.length > 0 ? { kind: 'rooms', activities, rooms: found } : null
  }
}

const one = (constraint: FetConstraint) => [constraint.activity() ?? []].flat()
const matching = (constraint: FetConstraint) => constraint.matching()

/** Constraints of FET about rooms, by their types; home rooms are in `home-rooms.ts`. */
export const ROOM_CONSTRAINTS: Record<string, Mapper> = {
  RoomNotAvailableTimes: (constraint) => {
    const room = constraint.named(constraint.scope.rooms, 'Room', 'Room_Name')
    const slots = constraint.slots('Not_Available_Time')
    return room === null ? null : { kind: 'room-away', room, slots }
  },
  ActivityPreferredRoom: rooms(one),
  ActivityPreferredRooms: rooms(one),
  SubjectPreferredRoom: rooms(matching),
  SubjectPreferredRooms: rooms(matching),
  SubjectActivityTagPreferredRoom: rooms(matching),
  SubjectActivityTagPreferredRooms: rooms(matching),
  ActivityTagPreferredRoom: rooms(matching),
  ActivityTagPreferredRooms: rooms(matching),
  ActivitiesSameRoomIfConsecutive: (constraint) => {
    const activities = constraint.activityList()
    return activities.length > 1 ? { kind: 'same-room-if-consecutive', activities } : null
  },
  ActivitiesOccupyMaxDifferentRooms: (constraint) => {
    const atMost = constraint.number('Max_Number_of_Different_Rooms')
    const activities = constraint.activityList()
    return activities.length > 1 ? { kind: 'different-rooms', activities, atMost } : null
  },
}
