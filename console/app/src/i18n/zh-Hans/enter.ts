import type { Catalogue } from "../en";

export const enter: Catalogue["enter"] = {
  signUpTitle: "日夜为顾客解答",
  signUpLead: "创建账号、带入常见问题，再把一行代码贴到店铺。",
  logInTitle: "欢迎回来",
  logInLead: "登录您的店铺后台。",
  shopName: "店铺名称",
  shopNameHint: "顾客认得的名称",
  email: "邮箱",
  password: "密码",
  passwordHint: "至少 10 个字符",
  signUp: "创建账号",
  logIn: "登录",
  haveAccount: "已经有账号了？",
  noAccount: "第一次使用？",
  showPassword: "显示密码",
};
