/** Everything that the widget itself says: en, zh-Hant, zh-Hans. A missing one does not compile. */
const catalogue = {
  launch: ["Ask us", "問問我們", "问问我们"],
  about: ["Automatic assistant, day and night", "自動客服，全天候回覆", "自动客服，全天候回复"],
  close: ["Close", "關閉", "关闭"],
  log: ["Conversation", "對話", "对话"],
  greeting: ["Hello. What would you like to know?", "您好，請問想了解什麼呢？", "您好，请问想了解什么呢？"],
  often: ["Often asked", "常見問題", "常见问题"],
  write: ["Write your question", "輸入您的問題", "输入您的问题"],
  send: ["Send", "送出", "发送"],
  you: ["You:", "您：", "您："],
  working: ["Looking for the answer", "正在尋找答案", "正在查找答案"],
  slow: [
    "Still looking. Thank you for waiting.",
    "還在尋找，謝謝您的耐心等候。",
    "还在查找，感谢您的耐心等候。",
  ],
  closest: ["Closest answers so far", "目前最接近的解答", "目前最接近的解答"],
  sources: ["Based on", "依據", "依据"],
  helped: ["This helped", "有幫助", "有帮助"],
  unhelpful: ["This did not help", "沒有幫助", "没有帮助"],
  rated: ["Thank you for telling us.", "謝謝您的回饋。", "感谢您的反馈。"],
  offline: [
    "You are offline. Your question is kept and goes out when you are back.",
    "目前沒有網路。您的問題已保留，恢復連線後會自動送出。",
    "当前没有网络。您的问题已保留，恢复连接后会自动发送。",
  ],
  lost: ["Something got in the way. Trying again.", "出了點狀況，正在重試。", "出了点状况，正在重试。"],
  wait: [
    "Many questions right now. Trying again in {n} s.",
    "目前詢問較多，{n} 秒後重試。",
    "当前咨询较多，{n} 秒后重试。",
  ],
  failed: ["This could not be sent.", "沒有送出。", "没有发送成功。"],
  again: ["Try again", "再試一次", "再试一次"],
  edit: ["Edit", "修改", "修改"],
  person: ["Talk to a person", "找真人客服", "转人工客服"],
  reachUs: [
    "A person from the shop will get back to you. How can they reach you?",
    "店裡的同仁會與您聯絡。請問該如何聯絡您？",
    "店里的同事会与您联系。请问怎么联系您？",
  ],
  name: ["Name (optional)", "稱呼（選填）", "称呼（选填）"],
  reach: ["E-mail, phone or messenger name", "E-mail、電話或通訊軟體帳號", "邮箱、电话或聊天账号"],
  consent: ["The shop uses this only to answer you.", "店家只會用來回覆您。", "店家只会用来回复您。"],
  leave: ["Leave contact", "留下聯絡方式", "留下联系方式"],
  left: [
    "Thank you. The shop will get back to you.",
    "謝謝您，店家會盡快與您聯絡。",
    "谢谢您，店家会尽快与您联系。",
  ],
} as const satisfies Record<string, readonly [string, string, string]>;

/** The catalogue in one language. */
export type Texts = Record<keyof typeof catalogue, string>;

/** The column for a BCP 47 tag: English for all that we do not speak. */
export function column(tag: string): 0 | 1 | 2 {
  if (!/^zh\b/i.test(tag)) return 0;
  return /hans/i.test(tag) || !/hant|tw|hk|mo/i.test(tag) ? 2 : 1;
}

export function texts(tag: string): Texts {
  return Object.fromEntries(Object.entries(catalogue).map(([k, v]) => [k, v[column(tag)]])) as Texts;
}
