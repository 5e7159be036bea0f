import { CalendarDays, Car, FileText, Gift, Laptop, Plane, ShoppingCart, Stamp, Users, Wallet, type LucideIcon } from 'lucide-vue-next'
import type { FormBrief } from '@guanxi/client'

export const ICONS: Record<FormBrief['icon'], LucideIcon> = { file: FileText, calendar: CalendarDays, plane: Plane, cart: ShoppingCart, stamp: Stamp, wallet: Wallet, car: Car, laptop: Laptop, gift: Gift, users: Users }
