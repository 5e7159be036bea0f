const PLACES =
  '北京 上海 天津 重庆 杭州 宁波 温州 苏州 无锡 南京 常州 南通 广州 深圳 佛山 东莞 珠海 成都 武汉 长沙 合肥 青岛 济南 烟台 厦门 福州 泉州 西安 郑州 沈阳 大连 长春 哈尔滨 石家庄 太原 昆明 贵阳 南宁 海口 兰州 银川 西宁 乌鲁木齐 呼和浩特 拉萨 南昌 中国 浙江 江苏 广东 山东 四川 湖北 湖南 安徽 福建 河南 河北'.split(
    ' ',
  )

/** The one character by which a company is told from the next: the first after its place name. */
export function companyInitial(name: string): string {
  const bare = name.replace(/^[（(].*?[)）]/, '').trim()
  const place = PLACES.find((candidate) => bare.startsWith(candidate))
  const rest = place && bare.length > place.length ? bare.slice(place.length).replace(/^[省市]/, '') : bare
  return [...(rest || name)][0]?.toUpperCase() ?? ''
}

/** The character in a person's round badge: the last of a Chinese name, the first of another. */
export function personInitial(name: string): string {
  const letters = [...name.trim()]
  const last = letters.at(-1) ?? ''
  return /\p{Script=Han}/u.test(last) ? last : (letters[0] ?? '').toUpperCase()
}

/** A stable number below `size` for a name, to pick its tint. */
export function tintOf(name: string, size: number): number {
  let hash = 7
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return hash % size
}
