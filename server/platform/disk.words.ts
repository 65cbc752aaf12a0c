/** What whoever looks after the server is told when the disk under the data fills up. */
export const diskWords = (percent: number, freeMegabytes: number): string =>
  `Диск с папкой данных заполнен на ${percent} %, осталось ${freeMegabytes} МБ. Когда место кончится, сохранять станет нельзя; сохранённое останется целым. Освободите место или перенесите папку данных на больший диск: docs/operations.md.`
