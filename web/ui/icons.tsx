import type { ReactNode } from 'react'

// Drawn for this product on a 24-unit field with one stroke width; decoration only, names come from the button.
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="1.25em"
      height="1.25em"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="M6 6l12 12M18 6L6 18" />
    </Icon>
  )
}
export function BackIcon() {
  return (
    <Icon>
      <path d="M14.5 5.5L8 12l6.5 6.5" />
    </Icon>
  )
}
export function ForwardIcon() {
  return (
    <Icon>
      <path d="M9.5 5.5L16 12l-6.5 6.5" />
    </Icon>
  )
}
export function ContrastIcon() {
  return (
    <Icon>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor" />
    </Icon>
  )
}
export function PersonIcon() {
  return (
    <Icon>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6" />
    </Icon>
  )
}
export function TodayIcon() {
  return (
    <Icon>
      <rect x="4" y="5.5" width="16" height="15" rx="2.5" />
      <path d="M4 10.5h16M8.5 3v4M15.5 3v4" />
    </Icon>
  )
}
export function JournalIcon() {
  return (
    <Icon>
      <rect x="4" y="4" width="16" height="16" rx="2.5" />
      <path d="M4 9h16M9.5 9v11M15 9v11M4 14.5h16" />
    </Icon>
  )
}
export function DiaryIcon() {
  return (
    <Icon>
      <path d="M6 3.5h11a1.5 1.5 0 0 1 1.5 1.5v15.5H7.5A2 2 0 0 1 5.5 18.5V4" />
      <path d="M9.5 8h5.5M9.5 12h5.5" />
    </Icon>
  )
}
export function ControlIcon() {
  return (
    <Icon>
      <path d="M9.5 6.5H19M9.5 12H19M9.5 17.5H19M4.5 6.5l.8.8 1.5-1.6M4.5 12l.8.8 1.5-1.6M4.5 17.5l.8.8 1.5-1.6" />
    </Icon>
  )
}
export function PeopleIcon() {
  return (
    <Icon>
      <circle cx="9" cy="8.5" r="3.5" />
      <path d="M2.5 19.5c.6-3.5 3-5.2 6.5-5.2s5.9 1.7 6.5 5.2M15.5 5.4a3.5 3.5 0 0 1 0 6.2M18 14.8c2 .7 3.2 2.3 3.6 4.7" />
    </Icon>
  )
}
export function PrintIcon() {
  return (
    <Icon>
      <path d="M7 9V3.5h10V9M7 17.5H4.5v-7A1.5 1.5 0 0 1 6 9h12a1.5 1.5 0 0 1 1.5 1.5v7H17" />
      <path d="M7 14.5h10v6H7z" />
    </Icon>
  )
}
export function UndoIcon() {
  return (
    <Icon>
      <path d="M8.5 4.5L4 9l4.5 4.5" />
      <path d="M4 9h10a5.5 5.5 0 0 1 0 11h-4" />
    </Icon>
  )
}
export function RedoIcon() {
  return (
    <Icon>
      <path d="M15.5 4.5L20 9l-4.5 4.5" />
      <path d="M20 9H10a5.5 5.5 0 0 0 0 11h4" />
    </Icon>
  )
}
export function CommentIcon() {
  return (
    <Icon>
      <path d="M4 5.5h16v11H11l-4.5 4v-4H4z" />
    </Icon>
  )
}
export function HistoryIcon() {
  return (
    <Icon>
      <path d="M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4.5v4h4M12 8v4.5l3 2" />
    </Icon>
  )
}
export function SettingsIcon() {
  return (
    <Icon>
      <path d="M4 7.5h9M18 7.5h2M4 16.5h2M11 16.5h9" />
      <circle cx="15.5" cy="7.5" r="2.5" />
      <circle cx="8.5" cy="16.5" r="2.5" />
    </Icon>
  )
}
export function MoreIcon() {
  return (
    <Icon>
      <path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth="3" />
    </Icon>
  )
}
/** All is well; with the next two a set of three that differ by outline as well as by colour. */
export function ShieldIcon() {
  return (
    <Icon>
      <path d="M12 3l7.5 2.8v5.4c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.8z" />
      <path d="M8.5 11.8l2.5 2.6 4.5-5" />
    </Icon>
  )
}
export function CautionIcon() {
  return (
    <Icon>
      <path d="M12 4L21.5 20h-19z" />
      <path d="M12 10v4.5M12 17.2h.01" />
    </Icon>
  )
}
export function AlarmIcon() {
  return (
    <Icon>
      <path d="M12 2.5L21.5 12 12 21.5 2.5 12z" />
      <path d="M12 7.5v5.5M12 16.2h.01" />
    </Icon>
  )
}
