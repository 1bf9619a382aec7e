import type { Catalogue } from "../en";

export const enter: Catalogue["enter"] = {
  signUpTitle: "日夜為顧客解答",
  signUpLead: "建立帳號、帶入常見問題，再把一行程式碼貼到商店。",
  logInTitle: "歡迎回來",
  logInLead: "登入您的商店後台。",
  shopName: "商店名稱",
  shopNameHint: "顧客認得的名稱",
  email: "電子郵件",
  password: "密碼",
  passwordHint: "至少 10 個字元",
  signUp: "建立帳號",
  logIn: "登入",
  haveAccount: "已經有帳號了？",
  noAccount: "第一次使用？",
  showPassword: "顯示密碼",
};
