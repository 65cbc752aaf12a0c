/** Words people write before a telephone number. */
export const PHONE_WORD = /^(?:т|тел|телефон|моб|мобильный|сот|сотовый|дом|раб)(?:\.|:|\s)+/

/** What stands before an extension: «доб. 12», «вн. 12», «# 12». */
export const EXTENSION =
  /^(.*?\d.*?)\s*(?:,?\s*(?:доб|добав|добавочный|вн|внутр|внутренний|ext|x)\.?:?|[,;#])\s*(\d{1,6})$/

/** An extension as it is kept: « доб. 12». */
export const extensionText = (digits: string): string => ` доб. ${digits}`

/** Why a contact is not taken and what to write. */
export const contactWords = {
  phone: 'Номер не читается. Впишите его с кодом города или оператора, например +7 916 123-45-67.',
  email: 'Это не похоже на адрес электронной почты. Проверьте знак @, точку и раскладку.',
}
