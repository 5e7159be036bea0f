import type { paths } from './schema'

/** One field of a record before and after; the values are whatever the field holds. */
export interface Change {
  field: string
  /** What a field of the company's own was called when it was changed. */
  label?: string
  before: unknown
  after: unknown
}

/**
 * The server writes every field of an answer; optional ones in the document are optional only for the asker. What it
 * calls `changes` holds a line per field, whose values can be anything.
 */
export type Complete<T> = T extends readonly (infer Item)[]
  ? Complete<Item>[]
  : T extends object
    ? string extends keyof T
      ? { [Key in keyof T]: Complete<T[Key]> }
      : { [Key in keyof T]-?: Key extends 'changes' ? Change[] : Complete<Exclude<T[Key], undefined>> }
    : T

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Operation<P extends keyof paths, M extends Method> = paths[P][M]
type Responses<O> = O extends { responses: infer R } ? R : never
type Json<R> = R extends { content: { 'application/json': infer Body } } ? Body : never
type Success<R> = { [Status in keyof R]: Status extends 200 | 201 | 202 ? Json<R[Status]> : never }[keyof R]

/** The body with which an operation answers. */
export type Answer<P extends keyof paths, M extends Method = 'get'> = Complete<Success<Responses<Operation<P, M>>>>

/** The body that an operation takes. */
export type Body<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never

type Item<P extends keyof paths> = Answer<P> extends { items: (infer I)[] } ? I : never

export type Session = Answer<'/api/v1/session'>
export type Me = Session['user']
export type TenantRef = Session['tenant']
export type SessionRow = Item<'/api/v1/sessions'>
export type Consents = Answer<'/api/v1/contacts/{id}/consents'>
export type ConsentWay = Consents['ways'][number]
export type ConsentEntry = Consents['entries'][number]
export type ConsentSaid = NonNullable<BulkActionIn['consent']>
export type ConsentEntryIn = Body<'/api/v1/contacts/{id}/consent-entries', 'post'>
export type Suppression = Item<'/api/v1/suppressions'>
export type CalmPolicy = Answer<'/api/v1/calm-policy'>
export type CalmRule = CalmPolicy['rules'][number]
export type Preferences = Answer<'/api/v1/preference-lookups', 'post'>
export type WorkCalendar = Answer<'/api/v1/work-calendar'>
export type ApprovalAbsence = Item<'/api/v1/approval-absences'>
export type ApiToken = Item<'/api/v1/api-tokens'>
export type ApiTokenIn = Body<'/api/v1/api-tokens', 'post'>
export type Webhook = Item<'/api/v1/webhooks'>
export type WebhookIn = Body<'/api/v1/webhooks', 'post'>
export type WebhookDelivery = Item<'/api/v1/webhooks/{id}/deliveries'>
export type SecurityPolicy = Answer<'/api/v1/security-policy'>
export type Tenant = Answer<'/api/v1/tenant'>
export type Department = Item<'/api/v1/departments'>
export type User = Item<'/api/v1/users'>
export type UserOption = Item<'/api/v1/user-options'>
export type Invitation = Item<'/api/v1/invitations'>
export type Role = Item<'/api/v1/roles'>
export type Permission = Item<'/api/v1/permissions'>
export type AuditRecord = Item<'/api/v1/audit-records'>
export type Customer = Item<'/api/v1/customers'>
export type CustomerDetail = Answer<'/api/v1/customers/{id}'>
export type CustomerIn = Body<'/api/v1/customers', 'post'>
export type Contact = Item<'/api/v1/contacts'>
export type ContactDetail = Answer<'/api/v1/contacts/{id}'>
export type ContactIn = Body<'/api/v1/contacts', 'post'>
export type Product = Item<'/api/v1/products'>
export type ProductDetail = Answer<'/api/v1/products/{id}'>
export type ProductIn = Body<'/api/v1/products', 'post'>
export type ProductCategory = Item<'/api/v1/product-categories'>
export type PriceBook = Item<'/api/v1/price-books'>
export type PriceBookDetail = Answer<'/api/v1/price-books/{id}'>
export type PriceBookIn = Body<'/api/v1/price-books', 'post'>
export type PriceLine = Item<'/api/v1/price-books/{id}/prices'>
export type UnpricedProduct = Item<'/api/v1/price-books/{id}/unpriced-products'>
export type BookPrice = Item<'/api/v1/products/{id}/prices'>
export type Quote = Item<'/api/v1/quotes'>
export type QuoteDetail = Answer<'/api/v1/quotes/{id}'>
export type QuoteIn = Body<'/api/v1/quotes', 'post'>
export type QuotePreview = Answer<'/api/v1/quote-previews', 'post'>
export type SmsAccount = Answer<'/api/v1/sms-accounts/{id}'>
export type SmsFiling = Answer<'/api/v1/sms-accounts/{id}/filings'>['items'][number]
export type OutreachPreview = Answer<'/api/v1/outreach-previews', 'post'>
export type OutreachMessage = Item<'/api/v1/outreach-messages'>
export type OutreachMessageDetail = Answer<'/api/v1/outreach-messages/{id}'>
export type MessageTemplate = Item<'/api/v1/message-templates'>
export type CareRule = Item<'/api/v1/care-rules'>
export type CareRuleIn = Body<'/api/v1/care-rules', 'post'>
export type CarePreview = Answer<'/api/v1/care-preview'>
export type CareRun = Item<'/api/v1/care-runs'>
export type Campaign = Item<'/api/v1/campaigns'>
export type CampaignIn = Body<'/api/v1/campaigns', 'post'>
export type CampaignResponse = Answer<'/api/v1/campaigns/{id}/response'>
export type CampaignPreview = Answer<'/api/v1/campaigns/{id}/preview'>
export type MessageUsage = Answer<'/api/v1/message-usage'>
export type MessagesSent = MessageUsage['days'][number]
export type LimitStanding = MessageUsage['limits'][number]
export type MessageLimits = Answer<'/api/v1/message-limits'>
export type CareDate = Item<'/api/v1/care-dates'>
export type Asset = Item<'/api/v1/assets'>
export type AssetDetail = Answer<'/api/v1/assets/{id}'>
export type AssetIn = Body<'/api/v1/assets', 'post'>
export type AssetPatch = Body<'/api/v1/assets/{id}', 'patch'>
export type Purchase = Item<'/api/v1/purchases'>
export type PurchaseSummary = Answer<'/api/v1/customers/{id}/purchase-summary'>
export type PurchaseIn = Body<'/api/v1/purchases', 'post'>
export type PurchasePatch = Body<'/api/v1/purchases/{id}', 'patch'>
export type ServiceRecord = Item<'/api/v1/service-records'>
export type ServiceRecordIn = Body<'/api/v1/service-records', 'post'>
export type ServiceRecordPatch = Body<'/api/v1/service-records/{id}', 'patch'>
export type PaperLayout = Answer<'/api/v1/paper-layouts/{id}'>
export type PaperLayoutBrief = Item<'/api/v1/paper-layouts'>
export type PaperLayoutIn = Body<'/api/v1/paper-layouts', 'post'>
export type ApprovalChoice = Answer<'/api/v1/quotes/{id}/submission'>['choices'][number]
export type QuoteLink = Item<'/api/v1/quotes/{id}/links'>
export type OpenedQuote = Answer<'/api/v1/quote-link-lookups', 'post'>
export type QuoteDifferences = Answer<'/api/v1/quotes/{id}/differences'>
export type Advance = Item<'/api/v1/advances'>
export type AdvanceDetail = Answer<'/api/v1/advances/{id}'>
export type AdvanceIn = Body<'/api/v1/advances', 'post'>
export type AdvanceEntry = AdvanceDetail['entries'][number]
export type Budget = Item<'/api/v1/budgets'>
export type BudgetIn = Body<'/api/v1/budgets', 'post'>
export type BudgetOutlay = Item<'/api/v1/budgets/{id}/outlays'>
export type BudgetTrialIn = Body<'/api/v1/budget-trials', 'post'>
export type BudgetCharge = Answer<'/api/v1/budget-trials', 'post'>['items'][number]
export type ExpenseClaim = Item<'/api/v1/expense-claims'>
export type ExpenseClaimDetail = Answer<'/api/v1/expense-claims/{id}'>
export type ExpenseClaimIn = Body<'/api/v1/expense-claims', 'post'>
export type ExpenseLimit = Item<'/api/v1/expense-limits'>
export type ExpenseLimitIn = Body<'/api/v1/expense-limits', 'post'>
export type PaymentPreview = Answer<'/api/v1/expense-payment-previews', 'post'>
export type ExpenseRequest = Item<'/api/v1/expense-requests'>
export type ExpenseRequestDetail = Answer<'/api/v1/expense-requests/{id}'>
export type ExpenseRequestIn = Body<'/api/v1/expense-requests', 'post'>
export type ExpenseStatistics = Answer<'/api/v1/expense-statistics'>
export type CustomerProfit = Answer<'/api/v1/customers/{id}/profit'>
export type ExpenseKind = Item<'/api/v1/expense-kinds'>
export type Relationship = Item<'/api/v1/contacts/{id}/relationships'>
export type TimelineItem = Item<'/api/v1/customers/{id}/timeline'>
export type Facets = Answer<'/api/v1/customer-facets'>
export type View = Answer<'/api/v1/views/{id}'>
export type ViewIn = Body<'/api/v1/lists/{list_name}/views', 'post'>
export type BinItem = Item<'/api/v1/recycle-bin'>
export type SearchResult = Answer<'/api/v1/search'>
export type Import = Answer<'/api/v1/imports/{id}'>
export type Mapping = Import['mapping']
export type Job = Item<'/api/v1/jobs'>
export type DuplicatePage = Answer<'/api/v1/duplicates'>
export type DuplicateTraits = Body<'/api/v1/duplicate-hints', 'post'>
export type BulkActionIn = Body<'/api/v1/bulk-actions', 'post'>
export type JobRow = Item<'/api/v1/jobs/{id}/rows'>
export type Notification = Item<'/api/v1/notifications'>
export type Activity = Item<'/api/v1/activities'>
export type Task = Item<'/api/v1/tasks'>
export type Comment = Item<'/api/v1/records/{type}/{id}/comments'>
/** What every comment and annotation says. */
export type Said = Activity['annotations'][number]
export type Attachment = Item<'/api/v1/records/{type}/{id}/attachments'>
/** A file where a line of another record shows it. */
export type FileBrief = Activity['attachments'][number]
export type MentionOption = Item<'/api/v1/records/{type}/{id}/mention-options'>
export type Calendar = Answer<'/api/v1/calendar'>
export type Approval = Answer<'/api/v1/approvals/{id}'>
type ListedApproval = Item<'/api/v1/approvals/to-decide'>
/** What only some lists of approvals tell: of one's own seat, or of what was copied to one. */
type OfOwn = 'seat' | 'step' | 'opened_at' | 'decided_at' | 'due_at' | 'overdue' | 'copied_at' | 'read'
export type ApprovalInList = Omit<ListedApproval, OfOwn> & Partial<Pick<ListedApproval, OfOwn>>
export type ApprovalCounts = Answer<'/api/v1/approvals/counts'>
export type ApprovalDecision = Body<'/api/v1/approval-seats/{id}/decision', 'post'>
export type FormBrief = Item<'/api/v1/forms'>
export type FormWhole = Answer<'/api/v1/forms/{id}'>
export type FormPatch = Body<'/api/v1/forms/{id}', 'patch'>
export type FormTile = Item<'/api/v1/request-forms'>
export type FormSheet = Answer<'/api/v1/request-forms/{id}'>
export type FormPreview = Answer<'/api/v1/request-forms/{id}/preview', 'post'>
export type FormEntry = Answer<'/api/v1/form-entries/{id}'>
export type EntryInList = Item<'/api/v1/form-entries'>
/** A field that was filled in, as people read it. */
export type ToldField = FormEntry['told'][number]
export type HandoverRequest = Answer<'/api/v1/handover-requests/{id}'>
export type FirstSteps = Answer<'/api/v1/first-steps'>
export type MyDay = Answer<'/api/v1/my-day'>
export type TaskIn = Body<'/api/v1/tasks', 'post'>
export type TaskPatch = Body<'/api/v1/tasks/{id}', 'patch'>
export type FieldDefinition = Item<'/api/v1/record-kinds/{entity}/fields'>
export type FieldIn = Body<'/api/v1/fields', 'post'>
export type FormulaTrial = Answer<'/api/v1/record-kinds/{entity}/formula-trials', 'post'>
export type FieldPatch = Body<'/api/v1/fields/{id}', 'patch'>
export type Mail = Item<'/dev/mailbox'>
export type CaughtShortMessage = Item<'/dev/short-messages'>

/** A reference to a person, a department, a customer. */
export interface Ref {
  id: string
  name: string
}

/** A money amount in minor units. */
export interface Money {
  amount: number
  currency: string
}

/** One page of a list. */
export interface Page<T> {
  items: T[]
  next_cursor: string | null
  total?: { count: number; capped: boolean } | null
}
export type MessageTemplateIn = Body<'/api/v1/message-templates', 'post'>
