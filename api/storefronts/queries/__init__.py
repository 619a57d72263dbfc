"""Questions of the shop side about stores: InkSoft's shared ones, and Printavo's own."""
