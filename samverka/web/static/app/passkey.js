/* Says in words when a passkey could not be used, instead of saying it to the console. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const words = document.getElementById("passnyckel-fel");
  if (words) words.hidden = false;
});
