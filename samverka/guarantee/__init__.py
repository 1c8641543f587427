"""The waiting-time guarantee (vårdgaranti): what each person's clock says, and what follows when it runs out."""
